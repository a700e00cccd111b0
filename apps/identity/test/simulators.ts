import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, type TestTrust } from '@bayway/testing';

/** The sandbox's cities, built and started as a process of their own: the outside world is no part of this project. */
const CITIES = fileURLToPath(new URL('../../sandbox/dist/cities/main.js', import.meta.url));

export const PIN = '246810';

/** What can go wrong at a city of the sandbox. */
export type Fault =
  'slow' | 'down' | 'wrong-signature' | 'rotated-key' | 'stale-metadata' | 'low-level' | 'other-person';

export type Simulators = Readonly<{
  base: string;
  upstreamsOf: (j: 'hk' | 'cn') => object[];
  fail: (city: string, fault: Fault | '') => Promise<void>;
  stop: () => Promise<void>;
}>;

const UPSTREAMS = {
  hk: [{ slug: 'hong-kong', place: 'HK', acr_scheme: 'iam-smart', style: 'iam-smart' }],
  cn: [
    { slug: 'shenzhen', place: 'CN-440300', acr_scheme: 'guangdong', style: 'ticket' },
    { slug: 'hangzhou', place: 'CN-330100', acr_scheme: 'zhejiang', style: 'oidc' },
  ],
} as const;

/** Starts them, with the identity services at these ports as their clients. */
export async function startSimulators(trust: TestTrust, ports: Readonly<Record<'hk' | 'cn', number>>) {
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const clients = (['hk', 'cn'] as const).map((j) => {
    const { publicKey, kid } = trust.key(`${j}/identity`, 'client');
    const back = `http://127.0.0.1:${ports[j]}/cb`;
    return {
      client_id: `bayway-${j}`,
      redirect_uris: [back, ...UPSTREAMS[j].map(({ slug }) => `${back}/${slug}`)],
      jwks: { keys: [{ ...publicKey, kid, use: 'sig', alg: 'ES256' }] },
    };
  });
  const file = join(await mkdtemp(join(tmpdir(), 'bayway-cities-')), 'clients.json');
  await writeFile(file, JSON.stringify(clients));
  const child = spawn(process.execPath, [CITIES], {
    env: { PATH: process.env.PATH, CITIES_PORT: String(port), SANDBOX_SECRET: 's'.repeat(40), CITY_CLIENTS_FILE: file },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of child.stdout) if (String(line).includes('ready')) break;
  const simulators: Simulators = {
    base,
    upstreamsOf: (j) =>
      UPSTREAMS[j].map((city) => ({ ...city, issuer: `${base}/${city.slug}`, client_id: `bayway-${j}` })),
    fail: async (city, fault) => {
      await fetch(`${base}/faults`, { method: 'POST', body: new URLSearchParams({ city, fault }), redirect: 'manual' });
    },
    stop: async () => {
      child.kill();
      await ended;
    },
  };
  return simulators;
}
