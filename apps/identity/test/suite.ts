import { createServer } from 'node:http';
import { freePort } from '@bayway/testing';
import { decodeJwt, type JWTPayload } from 'jose';
import { isRelease, register, type Registered } from './app.js';
import { Browser, type Opened } from './browser.js';
import { REDIRECT_URI } from './partner.js';
import { isPicker, paramsOf, signInAt } from './walk.js';
import { enrol, startWorld, type World } from './world.js';

type Over = Readonly<Record<string, string | undefined>>;
type Answered = Readonly<{ status: number; body: Record<string, string> }>;

export const PLAIN = { response_type: 'code', scope: 'openid', redirect_uri: REDIRECT_URI, state: 'st' };

/** What the conformance suite is to a provider: clients, a person at a browser, and a web server of its own. */
export class Suite {
  /** Log-outs that its server was told. */
  readonly told: URLSearchParams[] = [];
  /** What its server answers, by path. */
  readonly served = new Map<string, unknown>();

  private constructor(
    readonly world: World,
    readonly client: Registered,
    readonly base: string,
    private readonly server: ReturnType<typeof createServer>,
  ) {}

  static async start(): Promise<Suite> {
    const world = await startWorld({ settings: { CONFORMANCE: 'on', APPS_AT: 'any' } });
    enrol(world, 'ann');
    const port = await freePort();
    const redirect_uris = [REDIRECT_URI, `${REDIRECT_URI}?dummy1=lorem&dummy2=ipsum`];
    const client = await register(world.hk, { redirect_uris });
    const server = createServer();
    const suite = new Suite(world, client, `http://127.0.0.1:${port}`, server);
    server.on('request', (request, response) => {
      let body = '';
      request.on('data', (chunk) => (body += String(chunk)));
      request.on('end', () => {
        if (request.url === '/backchannel_logout') suite.told.push(new URLSearchParams(body));
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(suite.served.get(request.url ?? '') ?? {}));
      });
    });
    server.listen(port, '127.0.0.1');
    return suite;
  }

  async stop(): Promise<void> {
    this.server.close();
    await this.world.stop();
  }

  /** An authorization request; a parameter of undefined is left out. */
  authUrl(over: Over = {}): string {
    const all = Object.entries({ client_id: this.client.client_id, ...PLAIN, ...over });
    const given = all.filter(([, value]) => value !== undefined) as [string, string][];
    return `${this.world.hk.issuer}/auth?${new URLSearchParams(given).toString()}`;
  }

  /** As far as a browser goes: through the city when she is asked, past the page that asks for her name. */
  async walk(url: string, browser = new Browser()): Promise<{ page: Opened; browser: Browser; asked: boolean }> {
    let page = await browser.open(url);
    const asked = isPicker(page, 'hong-kong');
    if (asked) page = await signInAt(browser, page, 'hong-kong', 'ann');
    if (isRelease(page)) page = await browser.submit(page, 'release-form', { do: 'release', 'release.name': 'yes' });
    return { page, browser, asked };
  }

  async token(body: Record<string, string>): Promise<Answered> {
    const secret = `${this.client.client_id}:${String(this.client['client_secret'])}`;
    const response = await fetch(`${this.world.hk.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(secret)}` },
      body: new URLSearchParams(body),
    });
    return { status: response.status, body: (await response.json()) as Record<string, string> };
  }

  redeem(page: Opened, redirect_uri = REDIRECT_URI): Promise<Answered> {
    const code = paramsOf(page).get('code') ?? '';
    return this.token({ grant_type: 'authorization_code', code, redirect_uri });
  }

  async idTokenOf(page: Opened): Promise<JWTPayload> {
    return decodeJwt((await this.redeem(page)).body['id_token'] ?? '');
  }
}
