/** A browser without script, for journeys that need many quick walks: cookies, redirects, forms, meta refresh. */

type Cookie = { name: string; value: string; path: string };

export type Form = Readonly<{ action: string; method: string; fields: Readonly<Record<string, string>>; html: string }>;

/** One page as it came. */
export class Opened {
  constructor(
    readonly url: string,
    readonly status: number,
    readonly html: string,
  ) {}

  /** Addresses of all links. */
  get links(): string[] {
    return [...this.html.matchAll(/<a\b[^>]*\bhref="([^"]*)"/g)].map(
      ([, href]) => new URL(unescape(href ?? ''), this.url).href,
    );
  }

  /** The address of the first link whose address matches. */
  link(pattern: RegExp): string {
    const found = this.links.find((href) => pattern.test(href));
    if (found === undefined)
      throw new Error(`no link like ${String(pattern)} on ${this.url} (${this.status})\n${this.text.slice(0, 600)}`);
    return found;
  }

  /** The form whose markup matches, with its hidden and pre-filled fields. */
  form(pattern: RegExp): Form {
    const forms = [...this.html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
    const found = forms.find(([, attributes = '', html = '']) => pattern.test(attributes + html));
    if (!found)
      throw new Error(`no form like ${String(pattern)} on ${this.url} (${this.status})\n${this.text.slice(0, 600)}`);
    const [, attributes = '', html = ''] = found;
    const action = new URL(attribute(attributes, 'action') ?? this.url, this.url).href;
    return { action, method: (attribute(attributes, 'method') ?? 'get').toUpperCase(), fields: fieldsOf(html), html };
  }

  /** Names of the acts that are asked for. */
  get acts(): string[] {
    return [...new Set([...this.html.matchAll(/name="(act\.[a-z-]+)"/g)].map(([, name]) => name ?? ''))];
  }

  /** The words of the page. */
  get text(): string {
    const body = this.html.replace(/<(style|script|template)\b[\s\S]*?<\/\1>/g, ' ');
    return unescape(body.replace(/<[^>]+>/g, ' '))
      .replace(/\s+/g, ' ')
      .trim();
  }

  has(id: string): boolean {
    return this.html.includes(`id="${id}"`);
  }
}

/** What a form sends without anybody touching it: its inputs but for choices and buttons. */
function fieldsOf(html: string): Record<string, string> {
  const inputs = [...html.matchAll(/<input\b[^>]*>/g)].map(([input]) => input);
  const plain = inputs.filter((input) => !['radio', 'checkbox', 'submit'].includes(attribute(input, 'type') ?? 'text'));
  return Object.fromEntries(plain.map((input) => [attribute(input, 'name') ?? '', attribute(input, 'value') ?? '']));
}

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescape(found);
};

const unescape = (text: string): string =>
  text
    .replaceAll('&amp;', '&')
    .replaceAll('&quot;', '"')
    .replaceAll('&#x27;', "'")
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>');

export class Visitor {
  private readonly jar = new Map<string, Cookie>();
  /** How many answers were read, redirects included. */
  hops = 0;

  /**
   * @param beforeHop called with each address before it is asked for: where a fault is put between two steps
   * @param fetching asks for it; another one than the usual where a certificate is a test's own
   */
  constructor(
    private readonly beforeHop: (url: string) => Promise<void> | void = () => undefined,
    private readonly fetching: typeof fetch = fetch,
  ) {}

  open(url: string): Promise<Opened> {
    return this.walk(url, { method: 'GET' });
  }

  /** Sends a form with more values; a value of undefined leaves a field out. */
  submit(form: Form, values: Readonly<Record<string, string | undefined>> = {}): Promise<Opened> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ ...form.fields, ...values }))
      if (value !== undefined && name) body.set(name, value);
    return this.walk(form.action, { method: 'POST', body });
  }

  /** Another browser that starts with the same cookies. */
  twin(): Visitor {
    const other = new Visitor();
    for (const [key, cookie] of this.jar) other.jar.set(key, cookie);
    return other;
  }

  private async walk(start: string, first: { method: string; body?: URLSearchParams }): Promise<Opened> {
    let url = start;
    let init = first;
    for (let hop = 0; hop < 60; hop += 1) {
      await this.beforeHop(url);
      const response = await this.ask(url, init);
      const location = response.headers.get('location');
      if (location !== null && response.status >= 300 && response.status < 400) {
        await response.body?.cancel();
        url = new URL(location, url).href;
        init = { method: 'GET' };
        continue;
      }
      const page = new Opened(url, response.status, await response.text());
      const refresh = /<meta[^>]+http-equiv="refresh"[^>]+content="0;\s*url=([^"]+)"/i.exec(page.html)?.[1];
      if (refresh === undefined) return page;
      url = new URL(unescape(refresh), url).href;
      init = { method: 'GET' };
    }
    throw new Error(`more than 60 redirects from ${start}`);
  }

  private async ask(url: string, { method, body }: { method: string; body?: URLSearchParams }): Promise<Response> {
    this.hops += 1;
    const headers: Record<string, string> = {
      accept: 'text/html',
      'accept-language': 'en',
      cookie: this.cookiesFor(url),
    };
    if (body) headers['origin'] = new URL(url).origin;
    const response = await this.fetching(url, {
      method,
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      ...(body ? { body } : {}),
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    return response;
  }

  /** Cookies separate by path, not by port. */
  private cookiesFor(url: string): string {
    const { pathname } = new URL(url);
    const fits = [...this.jar.values()].filter(
      ({ path }) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
    );
    return fits.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private keep(line: string): void {
    const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
    const at = pair.indexOf('=');
    const of = (name: string): string | undefined =>
      attributes
        .find((a) => a.toLowerCase().startsWith(`${name}=`))
        ?.split('=')
        .slice(1)
        .join('=');
    const cookie = { name: pair.slice(0, at), value: pair.slice(at + 1), path: of('path') ?? '/' };
    const expires = of('expires');
    const gone = of('max-age') === '0' || (expires !== undefined && new Date(expires).getTime() < Date.now());
    if (gone) this.jar.delete(`${cookie.name} ${cookie.path}`);
    else this.jar.set(`${cookie.name} ${cookie.path}`, cookie);
  }
}
