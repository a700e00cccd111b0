/** An identity service and two bare oidc-providers, each with a city of its own, and what an app does at them. */
import { fork } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort, startConformance, testCity, TEST_USERS, WORKSPACE } from '@bayway/infra';
import pg from 'pg';

const CALLBACK = 'https://app.example/cb';
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One HTTP request, without redirects. */
const ask = (url, { method = 'GET', headers = {}, body } = {}) =>
  new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
    const sent = request(url, { method, agent, headers: { ...type, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk) => (text += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, text }));
    });
    // A server may close a connection in the moment in which it is used again: asked once more, as browsers do.
    const again = (error) =>
      sent.reusedSocket && error.code === 'ECONNRESET' ? resolve(ask(url, { method, headers, body })) : reject(error);
    sent.on('error', again).end(body);
  });

/** A browser that knows cookies and redirects. */
class Visitor {
  jar = new Map();

  async go(url, init = {}) {
    for (let hop = 0; hop < 30; hop += 1) {
      if (url.startsWith(CALLBACK)) return { url, text: '' };
      const cookie = this.cookiesFor(new URL(url).pathname);
      const answer = await ask(url, { ...init, headers: { cookie, accept: 'text/html' } });
      for (const line of answer.headers['set-cookie'] ?? []) this.keep(line);
      const { location } = answer.headers;
      if (!location) return { url, text: answer.text };
      url = new URL(location, url).href;
      init = {};
    }
    throw new Error(`too many redirects, last to ${url}`);
  }

  /** Cookies separate by path. */
  cookiesFor(pathname) {
    const fits = [...this.jar.values()].filter(({ path }) => pathname.startsWith(path));
    return fits.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  keep(line) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line);
    const path = /;\s*path=([^;]*)/i.exec(line)?.[1] ?? '/';
    if (value === '') this.jar.delete(`${name} ${path}`);
    else this.jar.set(`${name} ${path}`, { name, value, path });
  }

  /** Follows the link to the city, or sends the only form that fits. */
  link = (page) => this.go(new URL(/href="([^"]*\/to\/hong-kong)"/.exec(page.text)[1], page.url).href);

  submit(page, id, fields) {
    const found = new RegExp(`<form([^>]*id="${id}"[^>]*)>.*?</form>`, 's').exec(page.text);
    if (!found) throw new Error(`no form ${id} on ${page.url}: ${page.text.slice(0, 300)}`);
    const [form, tag] = found;
    const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, n, v]) => [n, v]);
    const body = new URLSearchParams({ ...Object.fromEntries(hidden), ...fields }).toString();
    return this.go(new URL(/action="([^"]*)"/.exec(tag)[1], page.url).href, { method: 'POST', body });
  }
}

/** What an app does at a provider, each a piece of work for a load. */
function appAt(issuer, client) {
  const authorization = `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}`;
  const post = async (path, fields, status = 200) => {
    const body = new URLSearchParams(fields).toString();
    const answer = await ask(`${issuer}${path}`, { method: 'POST', headers: { authorization }, body });
    if (answer.status !== status) throw new Error(`${issuer}${path}: ${answer.status} ${answer.text.slice(0, 200)}`);
    return JSON.parse(answer.text);
  };
  const wishes = (verifier) => ({
    client_id: client.client_id,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid profile',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    nonce: 'n',
    state: 's',
  });
  const signIn = async () => {
    const [verifier, visitor] = [randomBytes(32).toString('base64url'), new Visitor()];
    const picker = await visitor.go(`${issuer}/auth?${new URLSearchParams(wishes(verifier))}`);
    const city = await visitor.link(picker);
    const choice = await visitor.submit(city, 'city', { account: TEST_USERS[0], do: 'sign-in' });
    const back = await visitor.submit(choice, 'release-form', { 'release.name': 'yes', do: 'release' });
    const code = new URL(back.url).searchParams.get('code');
    if (!code) throw new Error(`no code: ${back.url}`);
    return post('/token', { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: verifier });
  };
  const idle = [];
  const refresh = async () => {
    const held = idle.pop() ?? (await signIn()).refresh_token;
    idle.push((await post('/token', { grant_type: 'refresh_token', refresh_token: held })).refresh_token);
  };
  const verifier = 'v'.repeat(43);
  return {
    signIn,
    refresh,
    machineToken: () => post('/token', { grant_type: 'client_credentials' }),
    push: () => post('/request', wishes(verifier), 201),
  };
}

const jwkOf = (pair, more) => ({
  private: { ...pair.privateKey.export({ format: 'jwk' }), ...more },
  public: { ...pair.publicKey.export({ format: 'jwk' }), ...more },
});

/** A bare provider in a process of its own, in front of a city like ours. */
async function bareAt(store) {
  const [port, cityPort] = [await freePort(), await freePort()];
  const cityKey = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kid: 'c', alg: 'ES256', use: 'sig' });
  const redirectUri = `http://localhost:${port}/cb`;
  const city = await testCity(cityPort, { clientId: 'bare', redirectUri, keys: async () => [cityKey.public] });
  const rsa = jwkOf(generateKeyPairSync('rsa', { modulusLength: 2048 }), { kid: 'r', alg: 'RS256', use: 'sig' });
  const ec = jwkOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }), { kid: 'e', alg: 'ES256', use: 'sig' });
  const client = {
    client_id: 'bench',
    client_secret: 'a-secret-of-the-bench',
    redirect_uris: [CALLBACK],
    grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  };
  const settings = {
    port,
    store,
    client,
    city: { issuer: `http://localhost:${cityPort}`, clientId: 'bare' },
    cityKey: cityKey.private,
    signingKeys: [ec.private, rsa.private],
  };
  const program = fileURLToPath(new URL('bare-op.mjs', import.meta.url));
  const child = fork(program, [JSON.stringify(settings)], { stdio: ['ignore', 'pipe', 'ignore', 'ipc'] });
  await once(child.stdout, 'data');
  const stop = async () => {
    child.kill();
    city.closeAllConnections();
    city.close();
  };
  return { way: appAt(`http://localhost:${port}`, client), stop };
}

async function register({ issuer, initialAccessToken }) {
  const answer = await fetch(`${issuer}/reg`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await initialAccessToken()}` },
    body: JSON.stringify({
      client_name: 'Bench',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    }),
  });
  return answer.json();
}

/** Grants as they lie after so many sign-ins, each with its refresh token. */
const GROW = `
  insert into oidc_artifact (model, id, payload, grant_id, expires_at)
  select model, md5(model || n), jsonb_build_object('accountId', md5('a' || n)::uuid, 'clientId', 'app-bench', 'kind', model,
           'jti', md5(model || n), 'iat', 1790000000 + n, 'exp', 1790864000 + n)
         || case model
              when 'Grant' then jsonb_build_object('openid', jsonb_build_object('scope', 'openid profile offline_access',
                'claims', jsonb_build_array('sub', 'name', 'name_latin', 'acr', 'auth_time')))
              else jsonb_build_object('grantId', md5('Grant' || n), 'scope', 'openid profile offline_access',
                'acr', 'urn:bayway:loa:3', 'authTime', 1790000000 + n, 'sessionUid', md5('s' || n) || md5('u' || n),
                'gty', 'authorization_code', 'iiat', 1790000000 + n, 'rotations', n % 7, 'expiresWithSession', true,
                'nonce', md5('n' || n), 'claims', jsonb_build_object('id_token', jsonb_build_object('auth_time', null)))
            end,
         case when model = 'RefreshToken' then md5('Grant' || n) end, now() + interval '10 days'
    from generate_series($1::int, $2::int) n, unnest(array['Grant', 'RefreshToken']) model`;

/** @returns the ways to be measured, and how to fill the store of ours with other people's grants */
export async function startIdentities(home) {
  const suite = { url: 'https://suite.example', alias: 'bench' };
  const node = await startConformance({
    home,
    workspace: WORKSPACE,
    port: await freePort(),
    host: 'localhost',
    suite,
    isPlain: true,
  });
  const [memory, postgres] = [await bareAt('memory'), await bareAt(node.databaseUrl)];
  const pool = new pg.Pool({ connectionString: node.databaseUrl, max: 1 });
  pool.on('error', () => undefined);
  let grown = 0;
  const grow = async (size) => {
    for (; grown < size; grown = Math.min(size, grown + 100_000))
      await pool.query(GROW, [grown + 1, Math.min(size, grown + 100_000)]);
    await pool.query('vacuum analyze oidc_artifact');
  };
  const stop = async () => {
    agent.destroy();
    await pool.end();
    await memory.stop();
    await postgres.stop();
    await node.stop();
  };
  return {
    ways: { ours: appAt(node.issuer, await register(node)), memory: memory.way, postgres: postgres.way },
    grow,
    stop,
  };
}
