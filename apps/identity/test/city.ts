import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { IdentityDocument } from '@bayway/domain';
import { newKey, type PrivateKey } from '@bayway/envelope';
import Provider, { interactionPolicy, type AdapterFactory, type AdapterPayload, type JWK } from 'oidc-provider';

/** A person as a city's register has her. */
export type Registered = Readonly<{
  sub: string;
  name: string;
  name_latin: string;
  birthdate: string;
  documents: readonly IdentityDocument[];
  acr: string;
}>;

export type CityServer = {
  readonly issuer: string;
  readonly people: Map<string, Registered>;
  /** Makes it know this key of its client instead of those before. */
  knows: (key: Pick<PrivateKey, 'kid' | 'publicKey'>) => void;
  /** How many seconds before now it says that it saw somebody who just signed in. */
  backdate: number;
  /** The rows of its sessions. */
  sessions: () => AdapterPayload[];
  stop: () => Promise<void>;
  restart: () => Promise<void>;
};

type Client = { readonly clientId: string; readonly redirectUri: string; jwks: readonly JWK[] };

/** Its own store: rows by model and id, gone with the test. */
function storeFor(client: Client, rows: Map<string, AdapterPayload>): AdapterFactory {
  const metadata = (): AdapterPayload => ({
    client_id: client.clientId,
    redirect_uris: [client.redirectUri],
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: 'ES256',
    id_token_signed_response_alg: 'ES256',
    jwks: { keys: [...client.jwks] },
  });
  return (model) => ({
    upsert: (id, payload) => Promise.resolve(void rows.set(`${model} ${id}`, payload)),
    find: (id) => Promise.resolve(model === 'Client' ? metadata() : rows.get(`${model} ${id}`)),
    findByUid: (uid) => Promise.resolve([...rows.values()].find((row) => row.kind === 'Session' && row.uid === uid)),
    findByUserCode: () => Promise.resolve(undefined),
    consume: (id) => Promise.resolve(void Object.assign(rows.get(`${model} ${id}`) ?? {}, { consumed: 1 })),
    destroy: (id) => Promise.resolve(void rows.delete(`${model} ${id}`)),
    revokeByGrantId: () => Promise.resolve(),
  });
}

const form = (uid: string): string =>
  `<form id="city" method="post" action="/interaction/${uid}"><input name="account"><button>in</button></form>`;

async function accountIn(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req) body += String(chunk);
  return new URLSearchParams(body).get('account') ?? '';
}

/** The identity provider of a city, over HTTP: it asks who somebody is and believes it. */
export async function startCity(port: number, client: Client): Promise<CityServer> {
  const people = new Map<string, Registered>();
  const rows = new Map<string, AdapterPayload>();
  const issuer = `http://127.0.0.1:${port}`;
  const bySub = (sub: string) => [...people.values()].find((person) => person.sub === sub);
  const key = await newKey('oidc');
  const policy = interactionPolicy.base();
  policy.remove('consent');
  const name = `city${port}`;
  const provider: Provider = new Provider(issuer, {
    adapter: storeFor(client, rows),
    jwks: { keys: [{ ...(key.jwk as JWK), kid: key.kid, use: 'sig', alg: 'ES256' }] },
    cookies: {
      keys: [randomBytes(16).toString('hex')],
      names: { session: `${name}_session`, interaction: `${name}_interaction`, resume: `${name}_resume` },
    },
    claims: {
      openid: ['sub'],
      profile: ['name', 'name_latin', 'birthdate'],
      documents: ['documents'],
      acr: null,
      auth_time: null,
    },
    scopes: ['openid', 'profile', 'documents'],
    acrValues: ['iamsmart', 'iamsmart-plus', 'gd-2', 'gd-3', 'gd-4', 'gd-5'],
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false }, claimsParameter: { enabled: true } },
    interactions: { policy, url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_ctx, sub) => {
      const person = bySub(sub);
      return person && { accountId: sub, claims: () => ({ ...person }) };
    },
    loadExistingGrant: async (ctx): Promise<InstanceType<Provider['Grant']> | undefined> => {
      const accountId = ctx.oidc.session?.accountId;
      if (!accountId) return undefined;
      const grant = new provider.Grant({ clientId: client.clientId, accountId });
      grant.addOIDCScope('openid profile documents');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  const server: Server = createServer((req, res) => {
    void handle(req, res).catch(() => {
      res.statusCode = 500;
      res.end();
    });
  });
  const handle = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    if (!req.url?.startsWith('/interaction/')) return void answer(req, res);
    const interaction = await provider.interactionDetails(req, res);
    if (req.method === 'GET') {
      res.setHeader('content-type', 'text/html');
      res.end(form(interaction.uid));
      return;
    }
    const person = people.get(await accountIn(req));
    const ts = Math.floor(Date.now() / 1000) - city.backdate;
    const before = interaction.session;
    if (person && before && before.accountId !== person.sub) {
      await (await provider.Session.find(before.cookie))?.destroy();
      interaction.session = undefined;
    }
    interaction.result = person
      ? { login: { accountId: person.sub, acr: person.acr, ts } }
      : { error: 'access_denied', error_description: 'she went away' };
    await interaction.save(600);
    res.statusCode = 303;
    res.setHeader('location', interaction.returnTo);
    res.end();
  };
  const restart = () => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await restart();
  const stop = () =>
    new Promise<void>((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  const sessions = () => [...rows.values()].filter(({ kind }) => kind === 'Session');
  const knows: CityServer['knows'] = ({ kid, publicKey }) => {
    client.jwks = [{ ...publicKey, kid, use: 'sig', alg: 'ES256' }];
  };
  const city: CityServer = { issuer, people, knows, sessions, stop, restart, backdate: 0 };
  return city;
}
