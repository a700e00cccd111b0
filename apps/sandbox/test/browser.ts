/** A browser without script: it keeps cookies by path, follows redirects and sends forms. */
export class Browser {
  private readonly cookies = new Map<string, { path: string; value: string }>();

  /** How often it was redirected by the last call. */
  redirects = 0;

  constructor(private readonly headers: Readonly<Record<string, string>> = { 'accept-language': 'en' }) {}

  /** Opens an address; stops at one that starts with `until` without fetching it. */
  async open(url: string, until?: string): Promise<Opened> {
    this.redirects = 0;
    return this.follow(url, { method: 'GET' }, until);
  }

  /** Sends the first form of a page with these fields besides its hidden ones. */
  async submit(page: Opened, fields: Readonly<Record<string, string>>, until?: string): Promise<Opened> {
    const [, action, inside = ''] = /<form[^>]*action="([^"]+)"[^>]*>([\s\S]*?)<\/form>/.exec(page.text) ?? [];
    if (action === undefined) throw new Error(`no form on ${page.url}`);
    const hidden = [...inside.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
    const body = new URLSearchParams([
      ...hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
      ...Object.entries(fields),
    ]);
    this.redirects = 0;
    return this.follow(new URL(action, page.url).href, { method: 'POST', body }, until);
  }

  private async follow(url: string, init: RequestInit, until?: string): Promise<Opened> {
    if (until !== undefined && url.startsWith(until)) return { url, status: 0, text: '' };
    const res = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...this.headers, cookie: this.cookiesFor(url) },
    });
    this.keep(res, url);
    const location = res.headers.get('location');
    if (location === null) return { url, status: res.status, text: await res.text() };
    this.redirects += 1;
    if (this.redirects > 30) throw new Error('redirected more than 30 times');
    return this.follow(new URL(location, url).href, { method: 'GET' }, until);
  }

  private cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    return [...this.cookies]
      .flatMap(([key, { path, value }]) => (pathname.startsWith(path) ? [`${key.split(' ')[0]}=${value}`] : []))
      .join('; ');
  }

  private keep(res: Response, url: string): void {
    for (const line of res.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
      const path = attributes.find((each) => /^path=/i.test(each))?.slice(5) ?? new URL(url).pathname;
      const key = `${name} ${path}`;
      if (attributes.some((each) => /^expires=Thu, 01 Jan 1970/i.test(each))) this.cookies.delete(key);
      else this.cookies.set(key, { path, value });
    }
  }
}

/** What the browser shows, or where it stopped (status 0). */
export type Opened = Readonly<{ url: string; status: number; text: string }>;
