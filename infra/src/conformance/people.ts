import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { hkidCheckDigit } from '@bayway/domain';
import { newKey } from '@bayway/envelope';
import Provider, { interactionPolicy, type AdapterPayload, type JWK } from 'oidc-provider';

/** Whom the suite signs in as. The identity provider of this city believes whoever says so. */
export const TEST_USERS = ['test-user', 'other-user'] as const;

/** Well formed, and nobody's. */
const hkidOf = (user: string): string => {
  const serial = `A${100_000 + TEST_USERS.findIndex((each) => each === user)}`;
  return `${serial}${hkidCheckDigit(serial)}`;
};

const personOf = (sub: string) => ({
  sub,
  name: sub,
  name_latin: sub.toUpperCase(),
  birthdate: '1990-01-01',
  documents: [{ kind: 'hkid', number: hkidOf(sub) }],
  acr: 'iamsmart-plus',
});

type Client = Readonly<{ clientId: string; redirectUri: string; keys: () => Promise<JWK[]> }>;

function storeFor({ clientId, redirectUri, keys }: Client) {
  const rows = new Map<string, AdapterPayload>();
  const client = async (): Promise<AdapterPayload> => ({
    client_id: clientId,
    redirect_uris: [redirectUri],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: await keys() },
  });
  return (model: string) => ({
    upsert: (id: string, payload: AdapterPayload) => Promise.resolve(void rows.set(`${model} ${id}`, payload)),
    find: (id: string) => (model === 'Client' ? client() : Promise.resolve(rows.get(`${model} ${id}`))),
    findByUid: (uid: string) =>
      Promise.resolve([...rows.values()].find((row) => row.kind === 'Session' && row.uid === uid)),
    findByUserCode: () => Promise.resolve(undefined),
    consume: (id: string) => Promise.resolve(void Object.assign(rows.get(`${model} ${id}`) ?? {}, { consumed: 1 })),
    destroy: (id: string) => Promise.resolve(void rows.delete(`${model} ${id}`)),
    revokeByGrantId: () => Promise.resolve(),
  });
}

const form = (uid: string): string => `<!doctype html><html lang="en"><title>Test city</title>
<form id="city" method="post" action="/interaction/${uid}">
<label for="account">Account</label><input id="account" name="account" value="${TEST_USERS[0]}">
<button id="sign-in" class="sign-in" name="do" value="sign-in">Sign in</button>
<button id="cancel" class="cancel" name="do" value="cancel">Cancel</button></form></html>`;

async function fieldsOf(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return new URLSearchParams(body);
}

function configured(issuer: string, client: Client, key: JWK): Provider {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const cookie = (name: string) => `conformance_city_${name}`;
  const provider: Provider = new Provider(issuer, {
    adapter: storeFor(client),
    jwks: { keys: [key] },
    cookies: {
      keys: [randomBytes(16).toString('hex')],
      names: { session: cookie('session'), interaction: cookie('interaction'), resume: cookie('resume') },
    },
    claims: {
      openid: ['sub'],
      profile: ['name', 'name_latin', 'birthdate'],
      documents: ['documents'],
      acr: null,
      auth_time: null,
    },
    scopes: ['openid', 'profile', 'documents'],
    acrValues: ['iamsmart', 'iamsmart-plus'],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => personOf(sub) }),
    loadExistingGrant: async (ctx): Promise<InstanceType<Provider['Grant']> | undefined> => {
      const accountId = ctx.oidc.session?.accountId;
      if (!accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope('openid profile documents');
      await grant.save();
      return grant;
    },
  });
  return provider;
}

/** The identity provider of the one city of a conformance run, over plain HTTP on this machine. */
export async function testCity(port: number, client: Client): Promise<Server> {
  const issuer = `http://localhost:${port}`;
  const key = await newKey('oidc');
  const jwk = { ...(key.jwk as JWK), kid: key.kid, use: 'sig', alg: 'ES256' };
  const provider = configured(issuer, client, jwk);
  const answer = provider.callback();
  const interact = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { uid } = await provider.interactionDetails(request, response);
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8').end(form(uid));
      return;
    }
    const fields = await fieldsOf(request);
    const account = TEST_USERS.find((user) => user === fields.get('account'));
    const result =
      fields.get('do') === 'cancel' || !account
        ? { error: 'access_denied' }
        : { login: { accountId: account, acr: 'iamsmart-plus', ts: Math.floor(Date.now() / 1000) } };
    await provider.interactionFinished(request, response, result);
  };
  return createServer((request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void answer(request, response);
    interact(request, response).catch(() => response.writeHead(400).end());
  }).listen(port, '127.0.0.1');
}
