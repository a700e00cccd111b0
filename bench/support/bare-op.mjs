/**
 * A bare oidc-provider that signs people in at a city: what our identity service is measured against. A program of its
 * own, told by its arguments: port, city, store (`memory`, or the address of a PostgreSQL: one upsert per row).
 */
import { createServer } from 'node:http';
import { importJWK } from 'jose';
import * as oc from 'openid-client';
import Provider from 'oidc-provider';
import pg from 'pg';

const { port, city, store, client, cityKey, signingKeys } = JSON.parse(process.argv[2]);
const issuer = `http://localhost:${port}`;
const pool = store === 'memory' ? null : new pg.Pool({ connectionString: store, max: 4 });
const rows = new Map();
const byUid = new Map();

const memory = (model) => ({
  upsert: async (id, payload) => {
    rows.set(`${model} ${id}`, JSON.stringify(payload));
    if (payload.uid) byUid.set(payload.uid, id);
  },
  find: async (id) => (rows.has(`${model} ${id}`) ? JSON.parse(rows.get(`${model} ${id}`)) : undefined),
  findByUid: async (uid) => JSON.parse(rows.get(`${model} ${byUid.get(uid)}`)),
  consume: async (id) => {
    const payload = JSON.parse(rows.get(`${model} ${id}`));
    rows.set(`${model} ${id}`, JSON.stringify({ ...payload, consumed: 1 }));
  },
  destroy: async (id) => void rows.delete(`${model} ${id}`),
  revokeByGrantId: async () => undefined,
});

const BY_UID = `select payload from bare where model = 'Session' and payload ->> 'uid' = $1`;
const UPSERT =
  'insert into bare (model, id, payload) values ($1, $2, $3) on conflict (model, id) do update set payload = excluded.payload';
const postgres = (model) => ({
  upsert: async (id, payload) => void (await pool.query(UPSERT, [model, id, JSON.stringify(payload)])),
  find: async (id) =>
    (await pool.query('select payload from bare where model = $1 and id = $2', [model, id])).rows[0]?.payload,
  findByUid: async (uid) => (await pool.query(BY_UID, [uid])).rows[0]?.payload,
  consume: async (id) =>
    void (await pool.query(`update bare set payload = payload || '{"consumed":1}' where model = $1 and id = $2`, [
      model,
      id,
    ])),
  destroy: async (id) => void (await pool.query('delete from bare where model = $1 and id = $2', [model, id])),
  revokeByGrantId: async () => undefined,
});

if (pool)
  await pool.query(`
    create table if not exists bare (model text, id text, payload jsonb not null, primary key (model, id));
    create index if not exists bare_uid on bare ((payload ->> 'uid')) where model = 'Session'`);

const provider = new Provider(issuer, {
  adapter: pool ? postgres : memory,
  clients: [client],
  jwks: { keys: signingKeys },
  cookies: { keys: ['bare'], names: { session: 'bare_s', interaction: 'bare_i', resume: 'bare_r' } },
  scopes: ['openid', 'offline_access', 'profile'],
  claims: { openid: ['sub'], profile: ['name'] },
  rotateRefreshToken: true,
  issueRefreshToken: async (_ctx, { grantTypeAllowed }) => grantTypeAllowed !== undefined,
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    pushedAuthorizationRequests: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: (ctx) => (ctx.oidc.params?.grant_type === 'client_credentials' ? 'urn:bare' : undefined),
      getResourceServerInfo: () => ({
        scope: '',
        audience: 'urn:bare',
        accessTokenFormat: 'jwt',
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, sub) => ({ accountId: sub, claims: () => ({ sub, name: sub }) }),
  ttl: {
    AccessToken: 900,
    AuthorizationCode: 60,
    Grant: 86_400,
    IdToken: 300,
    Interaction: 3_600,
    RefreshToken: 86_400,
    Session: 86_400,
  },
});
provider.proxy = true;

const auth = oc.PrivateKeyJwt({ key: await importJWK(cityKey, 'ES256'), kid: cityKey.kid });
const metadata = { id_token_signed_response_alg: 'ES256' };
const cityConfig = await oc.discovery(new URL(city.issuer), city.clientId, metadata, auth, {
  execute: [oc.allowInsecureRequests, oc.enableNonRepudiationChecks],
});
const trips = new Map();

async function interact(request, response) {
  const [, , uid, step] = request.url.split('/');
  const details = await provider.interactionDetails(request, response);
  const page = (html) => response.setHeader('content-type', 'text/html').end(html);
  if (request.method === 'GET' && details.prompt.name === 'login' && step !== 'to')
    return page(`<a href="/interaction/${uid}/to/hong-kong">Hong Kong</a>`);
  if (request.method === 'GET' && step === 'to') {
    const [verifier, nonce, state] = [oc.randomPKCECodeVerifier(), oc.randomNonce(), oc.randomState()];
    trips.set(state, { uid, verifier, nonce });
    const url = oc.buildAuthorizationUrl(cityConfig, {
      redirect_uri: `${issuer}/cb`,
      scope: 'openid profile documents',
      code_challenge: await oc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      nonce,
      state,
    });
    return response.writeHead(303, { location: url.href }).end();
  }
  if (request.method === 'GET')
    return page(
      `<form id="release-form" method="post" action="/interaction/${uid}/release"><button>go</button></form>`,
    );
  for await (const chunk of request) void chunk;
  const grant = new provider.Grant({ accountId: details.session.accountId, clientId: details.params.client_id });
  grant.addOIDCScope('openid profile');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

async function back(request, response) {
  const url = new URL(request.url, issuer);
  const trip = trips.get(url.searchParams.get('state'));
  trips.delete(url.searchParams.get('state'));
  const tokens = await oc.authorizationCodeGrant(cityConfig, url, {
    pkceCodeVerifier: trip.verifier,
    expectedNonce: trip.nonce,
    expectedState: url.searchParams.get('state'),
  });
  const interaction = await provider.Interaction.find(trip.uid);
  interaction.result = { login: { accountId: tokens.claims().sub } };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1_000));
  response.writeHead(303, { location: interaction.returnTo }).end();
}

const answer = provider.callback();
createServer((request, response) => {
  const work = request.url.startsWith('/interaction/') ? interact : request.url.startsWith('/cb') ? back : null;
  if (!work) return void answer(request, response);
  work(request, response).catch((error) => response.writeHead(500).end(String(error)));
}).listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
process.on('disconnect', () => process.exit(0));
