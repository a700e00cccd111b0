/**
 * The page's own address with one query parameter set, as a path of this site.
 * @param url path and query of the page now. It comes from the request, so it is read as a path whatever it starts
 *   with: neither `//other.example` nor a scheme makes the link leave the site.
 */
export function withParameter(url: string, name: string, value: string): string {
  const parsed = new URL(`/${url.replace(/^[/\\\s]+/, '')}`, 'http://site.invalid');
  parsed.searchParams.set(name, value);
  return `/${parsed.pathname.replace(/^\/+/, '')}${parsed.search}`;
}
