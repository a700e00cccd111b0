import type { IncomingMessage, ServerResponse } from 'node:http';
import { Auth, type AuthConfig } from '@auth/core';
import type { System } from '../system.js';
import { Visitor } from '../visitor.js';
import type { Seen } from './certified.js';
import { issuerOf, listen, register, signInThrough, signOutAt, type Registered } from './register.js';

type Tokens = Record<string, unknown> & { sub?: string; access?: string; refresh?: string; id?: string };

/** Refreshes as the guide of Auth.js says: with `fetch`, in the `jwt` callback. */
async function refreshed(issuer: string, client: Registered, token: Tokens): Promise<Tokens> {
  const response = await fetch(`${issuer}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret ?? ''}`)}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token.refresh ?? '' }),
  });
  const answer = (await response.json()) as { access_token?: string; refresh_token?: string; id_token?: string };
  if (!answer.access_token) throw new Error(`not refreshed: ${JSON.stringify(answer)}`);
  return { ...token, access: answer.access_token, refresh: answer.refresh_token, id: answer.id_token };
}

const configFor = (issuer: string, client: Registered): AuthConfig => ({
  secret: 'a secret of this test, which protects nothing',
  trustHost: true,
  basePath: '/auth',
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
  providers: [
    {
      id: 'bayway',
      name: 'Bayway',
      type: 'oidc',
      issuer,
      clientId: client.client_id,
      clientSecret: client.client_secret ?? '',
      checks: ['pkce', 'state', 'nonce'],
      authorization: { params: { scope: 'openid' } },
      profile: (profile: { sub: string }) => ({ id: profile.sub }),
    },
  ],
  callbacks: {
    // Every look at the session refreshes, so that a test sees it happen.
    jwt: async ({ token, account }) => {
      if (!account) return { ...(await refreshed(issuer, client, token)) };
      const { providerAccountId: sub, access_token: access, refresh_token: refresh, id_token: id } = account;
      return { sub, access, refresh, id };
    },
    session: ({ session, token }) => ({ ...session, ...(token as Tokens) }),
  },
});

async function answerWith(config: AuthConfig, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const headers = new Headers(Object.entries(request.headers).map(([k, v]) => [k, String(v)] as [string, string]));
  const body = chunks.length > 0 ? { body: Buffer.concat(chunks) } : {};
  const url = `http://${request.headers.host ?? ''}${request.url ?? ''}`;
  const answer = await Auth(new Request(url, { method: request.method ?? 'GET', headers, ...body }), config);
  response.statusCode = answer.status;
  for (const [name, value] of answer.headers) if (name !== 'set-cookie') response.setHeader(name, value);
  response.setHeader('set-cookie', answer.headers.getSetCookie());
  response.end(await answer.text());
}

/** A web app with Auth.js. */
export async function withAuthJs(system: System): Promise<Seen> {
  let config: AuthConfig | null = null;
  const server = await listen((request, response) => {
    if (!config || !request.url?.startsWith('/auth')) response.end('bye');
    else void answerWith(config, request, response);
  });
  try {
    const issuer = issuerOf(system);
    const client = await register(system, {
      client_name: 'With Auth.js',
      redirect_uris: [`${server.url}/auth/callback/bayway`],
      post_logout_redirect_uris: [`${server.url}/bye`],
    });
    config = configFor(issuer, client);
    const visitor = new Visitor();
    const choice = await visitor.open(`${server.url}/auth/signin`);
    await signInThrough(visitor, await visitor.submit(choice.form(/signin\/bayway/)));
    const [first, second] = [await sessionOf(visitor, server.url), await sessionOf(visitor, server.url)];
    const leave = await visitor.open(`${server.url}/auth/signout`);
    await visitor.submit(leave.form(/signout/));
    const hint = { id_token_hint: second.id ?? '', post_logout_redirect_uri: `${server.url}/bye` };
    const bye = await signOutAt(visitor, `${issuer}/session/end?${new URLSearchParams(hint)}`);
    return {
      sub: first.sub ?? '',
      refreshedSub: second.sub ?? '',
      accessTokens: [first.access ?? '', second.access ?? ''],
      signedOutAt: new URL(bye.url).pathname,
    };
  } finally {
    await server.stop();
  }
}

const sessionOf = async (visitor: Visitor, url: string): Promise<Tokens> =>
  JSON.parse((await visitor.open(`${url}/auth/session`)).html) as Tokens;
