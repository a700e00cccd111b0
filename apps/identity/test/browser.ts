/** What a browser does, without script: cookies by path (never by port), redirects, links and forms. */
export type Opened = Readonly<{ url: string; status: number; html: string; headers: Headers }>;

type Cookie = { value: string; path: string };

/** Addresses a browser stops at: where a client would take over. */
export const CLIENT_HOST = 'client.example';

const MOST_HOPS = 40;

export class Browser {
  private readonly cookies = new Map<string, Cookie>();
  /** Every address visited since `forget`. */
  visited: string[] = [];
  /** Addresses it goes to, but does not open. */
  stopAt: ((url: string) => boolean) | null = null;

  constructor(
    private readonly languages = 'en',
    private readonly userAgent = 'test',
  ) {}

  /** Names of the cookies it holds. */
  cookieNames(): string[] {
    return [...this.cookies.keys()].map((key) => key.split(' ')[0] ?? '');
  }

  /** What a cookie holds here; and one put in by somebody else. */
  cookie(named: RegExp): { name: string; path: string; value: string } | null {
    const found = [...this.cookies].find(([key]) => named.test(key));
    return found ? { name: found[0].split(' ')[0] ?? '', ...found[1] } : null;
  }

  plant({ name, path, value }: { name: string; path: string; value: string }): void {
    this.cookies.set(`${name} ${path}`, { value, path });
  }

  /** The header it would send to an address. */
  headerFor(url: string): string {
    return this.cookiesFor(url);
  }

  /** A second browser with the same cookies, as when somebody copies a profile. */
  dropCookies(named: RegExp): void {
    for (const key of this.cookies.keys()) if (named.test(key)) this.cookies.delete(key);
  }

  open(url: string): Promise<Opened> {
    return this.go(url, { method: 'GET' });
  }

  /** Follows the link with this id, or the first whose address ends so. */
  follow(page: Opened, ending: string): Promise<Opened> {
    const hrefs = [...page.html.matchAll(/href="([^"]*)"/g)].map((found) => unescape(found[1] ?? ''));
    const href = hrefs.find((each) => each.endsWith(ending));
    if (href === undefined) throw new Error(`no link to ${ending} on ${page.url}:\n${textOf(page)}`);
    return this.open(new URL(href, page.url).href);
  }

  /** Sends the form with this id; hidden fields go along. */
  submit(page: Opened, formId: string, fields: Record<string, string>): Promise<Opened> {
    const form = new RegExp(`<form[^>]*id="${formId}"[^>]*>(.*?)</form>`, 's').exec(page.html);
    const tag = form?.[0].slice(0, form[0].indexOf('>') + 1);
    if (!form || !tag) throw new Error(`no form ${formId} on ${page.url}:\n${textOf(page)}`);
    const hidden = [...(form[1] ?? '').matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) => [
      attribute(input, 'name'),
      attribute(input, 'value'),
    ]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden as [string, string][]), ...fields });
    const action = new URL(attribute(tag, 'action'), page.url).href;
    return this.go(action, { method: 'POST', body });
  }

  private async go(start: string, init: RequestInit): Promise<Opened> {
    let url = start;
    let request = init;
    for (let hop = 0; hop < MOST_HOPS; hop += 1) {
      this.visited.push(url);
      if (new URL(url).hostname === CLIENT_HOST || this.stopAt?.(url))
        return { url, status: 0, html: '', headers: new Headers() };
      const headers = {
        cookie: this.cookiesFor(url),
        'accept-language': this.languages,
        'user-agent': this.userAgent,
        accept: 'text/html',
      };
      const response = await fetch(url, { ...request, headers, redirect: 'manual' });
      this.keep(url, response.headers.getSetCookie());
      const location = response.headers.get('location');
      const html = await response.text();
      if (!location) return { url, status: response.status, html, headers: response.headers };
      url = new URL(location, url).href;
      request = { method: 'GET' };
    }
    throw new Error(`more than ${MOST_HOPS} redirects: ${this.visited.slice(-6).join(' -> ')}`);
  }

  private cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.cookies]
      .filter(([, { path }]) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`))
      .map(([key, { value }]) => `${key.split(' ')[0] ?? ''}=${value}`)
      .join('; ');
  }

  private keep(url: string, set: readonly string[]): void {
    for (const line of set) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const find = (key: string) =>
        attributes.find((a) => a.toLowerCase().startsWith(`${key}=`))?.slice(key.length + 1);
      const path = find('path') ?? new URL(url).pathname.replace(/\/[^/]*$/, '/');
      const expires = find('expires');
      const gone = value === '' || (expires !== undefined && Date.parse(expires) <= Date.now());
      if (gone) this.cookies.delete(`${name} ${path}`);
      else this.cookies.set(`${name} ${path}`, { value, path });
    }
  }
}

const unescape = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'");

const attribute = (tag: string, name: string): string =>
  unescape(new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** What a page says, without its markup. */
export const textOf = ({ html }: Opened): string =>
  unescape(html.replace(/<(style|script).*?<\/\1>/gs, '').replace(/<[^>]+>/g, ' ')).replace(/\s+/g, ' ');
