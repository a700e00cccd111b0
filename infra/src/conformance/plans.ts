import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TEST_USERS } from './people.js';

/** Where the suite is, and the name of the runs there. */
export type Suite = Readonly<{ url: string; alias: string }>;
type Post = (path: string, body: object) => Promise<Record<string, unknown>>;
type Jwk = Record<string, unknown>;

/** A key of a client of the suite: the private half for the suite, the public half for us. */
function clientKey(): { priv: Jwk; pub: Jwk } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const more = { kid: randomUUID(), alg: 'ES256', use: 'sig' };
  return {
    priv: { ...privateKey.export({ format: 'jwk' }), ...more },
    pub: { ...publicKey.export({ format: 'jwk' }), ...more },
  };
}

const at = ({ url, alias }: Suite): string => `${url}/test/a/${alias}`;

const urisOf = (suite: Suite) => ({
  redirect_uris: [`${at(suite)}/callback`, `${at(suite)}/callback?dummy1=lorem&dummy2=ipsum`],
  post_logout_redirect_uris: [`${at(suite)}/post_logout_redirect`],
  grant_types: ['authorization_code', 'refresh_token'],
});

/** What a script does at our pages, one after the other; all of them may be missing when a session is there. */
const steps = (issuer: string, city: string) => [
  {
    task: 'Choose the city',
    optional: true,
    match: `${issuer}/interaction/*`,
    commands: [['click', 'css', 'a[href*="/to/hong-kong"]']],
  },
  {
    task: 'Sign in at the city',
    optional: true,
    match: `${city}/interaction/*`,
    commands: [
      ['text', 'id', 'account', TEST_USERS[0]],
      ['click', 'id', 'sign-in'],
    ],
  },
  {
    task: 'Let the app know',
    optional: true,
    match: `${issuer}/interaction/*`,
    commands: [
      ['click', 'id', 'release-name', 'optional'],
      ['click', 'css', '#release-form button'],
    ],
  },
];

const complete = {
  task: 'Verify complete',
  match: '*/test/*/callback*',
  commands: [['wait', 'id', 'submission_complete', 10]],
};

const browser = (issuer: string, city: string) => [
  { match: `${issuer}/auth*`, tasks: [...steps(issuer, city), complete] },
  {
    match: `${issuer}/session/end*`,
    tasks: [
      { task: 'Confirm', match: `${issuer}/session/end*`, commands: [['click', 'css', 'button[name=logout]']] },
      { task: 'Verify complete', match: '*/test/*/post_logout_redirect*', optional: true },
    ],
  },
];

/** A page of ours that says why it cannot go on, for the modules that send a wrong request. */
const errorPage = (issuer: string, path: string) => ({
  browser: [
    {
      match: `${issuer}${path}*`,
      tasks: [
        {
          task: 'Expect an error page',
          match: `${issuer}${path}*`,
          commands: [['wait', 'id', 'error', 10, '.*', 'update-image-placeholder']],
        },
      ],
    },
  ],
});

const cancelled = (issuer: string, city: string) => ({
  browser: [
    {
      match: `${issuer}/auth*`,
      tasks: [
        steps(issuer, city)[0],
        { task: 'Cancel', match: `${city}/interaction/*`, commands: [['click', 'id', 'cancel']] },
        complete,
      ],
    },
  ],
});

const overrides = (issuer: string, city: string) => ({
  ...Object.fromEntries(
    [
      'oidcc-ensure-registered-redirect-uri',
      'oidcc-ensure-redirect-uri-in-authorization-request',
      'oidcc-redirect-uri-query-added',
      'oidcc-redirect-uri-query-mismatch',
      'oidcc-redirect-uri-regfrag',
    ].map((module) => [module, errorPage(issuer, '/auth')]),
  ),
  ...Object.fromEntries(
    [
      'oidcc-rp-initiated-logout-bad-post-logout-redirect-uri',
      'oidcc-rp-initiated-logout-modified-id-token-hint',
      'oidcc-rp-initiated-logout-query-added-to-post-logout-redirect-uri',
      'oidcc-rp-initiated-logout-bad-id-token-hint',
    ].map((module) => [
      module,
      { browser: [...browser(issuer, city).slice(0, 1), ...errorPage(issuer, '/session/end').browser] },
    ]),
  ),
  'fapi2-security-profile-final-user-rejects-authentication': cancelled(issuer, city),
});

/**
 * Registers the static clients of the plans and writes a configuration for each plan of the suite.
 * @returns the files
 */
export async function writePlans(
  place: Readonly<{ issuer: string; city: string; folder: string; suite: Suite }>,
  post: Post,
): Promise<string[]> {
  const { issuer, city, folder, suite } = place;
  const uris = urisOf(suite);
  const basic = () => post('/reg', { ...uris, backchannel_logout_uri: `${at(suite)}/backchannel_logout` });
  const second = () => post('/reg', { ...uris, token_endpoint_auth_method: 'client_secret_post' });
  const strict = async () => {
    const { priv, pub } = clientKey();
    const { client_id } = await post('/reg', {
      ...uris,
      security_profile: 'fapi2',
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_signing_alg: 'ES256',
      jwks: { keys: [pub] },
    });
    return { client_id, scope: 'openid', jwks: { keys: [priv] } };
  };
  const secretOf = ({ client_id, client_secret }: Jwk) => ({ client_id, client_secret });
  const server = { discoveryUrl: `${issuer}/.well-known/openid-configuration` };
  const common = { alias: suite.alias, server, browser: browser(issuer, city), override: overrides(issuer, city) };
  const plans = {
    'oidcc-dynamic': { ...common, client: { client_name: 'Suite one' }, client2: { client_name: 'Suite two' } },
    'oidcc-static': {
      ...common,
      client: secretOf(await basic()),
      client_secret_post: secretOf(await second()),
      client2: secretOf(await basic()),
    },
    fapi2: {
      ...common,
      client: await strict(),
      client2: await strict(),
      resource: { resourceUrl: `${issuer}/resource` },
    },
  };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return Promise.all(
    Object.entries(plans).map(async ([name, plan]) => {
      const file = join(folder, `${name}.json`);
      await writeFile(file, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
      return file;
    }),
  );
}
