/**
 * The page's own address with one query parameter set, as a path of this site.
 * @param url path and query of the page now; whatever host it names is dropped, so a link never leaves the site
 */
export function withParameter(url: string, name: string, value: string): string {
  const parsed = new URL(url, 'http://site.invalid');
  parsed.searchParams.set(name, value);
  return `/${parsed.pathname.replace(/^\/+/, '')}${parsed.search}`;
}
