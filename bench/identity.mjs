/**
 * The OpenID provider of an identity service, beside bare oidc-providers in the same run: tokens for machines, refresh,
 * pushed requests, and the whole federated sign-in (app, provider, city, back, her choice, token). Starts what it needs.
 */
import { rm } from 'node:fs/promises';
import { temporaryHome } from '@bayway/infra';
import { startIdentities } from './support/identities.mjs';
import { underLoad } from './support/load.mjs';

export const alone = true;

const ROUNDS = 3;
const WAYS = ['ours', 'memory', 'postgres'];
const SMALL = 1_000;
const BUDGET = 1.3;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Each way in turn, several times over, so that all meet the same machine. */
async function taken(works, { concurrency, seconds }) {
  const runs = Object.fromEntries(Object.keys(works).map((way) => [way, []]));
  // Long enough for the code to be compiled: a service that has just started is not what is asked about.
  for (const work of Object.values(works)) await underLoad(work, { concurrency, seconds, most: Infinity });
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [way, work] of Object.entries(works))
      runs[way].push(await underLoad(work, { concurrency, seconds, most: Infinity }));
  const figure = (name) => (way) => median(runs[way].map((run) => run[name]));
  return { rate: figure('perSecond'), p50: figure('p50'), p99: figure('p99') };
}

/** Rate against both floors, and how long one takes. */
function figures(name, { rate, p50, p99 }, goal) {
  const against = (way, note) => ({ name: `${name}, rate`, unit: '1/s', value: rate('ours'), floor: rate(way), note });
  const stores = { memory: 'in-memory store', postgres: 'one upsert in PostgreSQL' };
  return [
    ...Object.entries(stores).map(([way, store]) =>
      against(way, `floor: bare oidc-provider, ${store}${goal[way] ? `; goal ${goal[way]} of it` : ''}`),
    ),
    { name: `${name}, p50`, unit: 'ms', value: p50('ours'), floor: p50('postgres') },
    { name: `${name}, p99`, unit: 'ms', value: p99('ours'), floor: p99('postgres') },
  ];
}

const each = (ways, of) => Object.fromEntries(WAYS.map((way) => [way, of(ways[way])]));

export default async ({ sizes: { seconds, entries } }) => {
  const home = await temporaryHome('bayway-bench-identity-');
  const { ways, grow, stop } = await startIdentities(home);
  try {
    const limits = { concurrency: 8, seconds: Math.max(1, seconds / 3) };
    const machine = await taken(
      each(ways, (way) => way.machineToken),
      limits,
    );
    const push = await taken(
      each(ways, (way) => way.push),
      limits,
    );
    const login = await taken(
      each(ways, (way) => way.signIn),
      limits,
    );
    const renew = async () =>
      taken(
        each(ways, (way) => way.refresh),
        limits,
      );
    const renewed = await renew();
    const growth = [];
    for (const size of [SMALL, entries]) {
      await grow(size);
      const alone = { concurrency: 1, seconds: limits.seconds };
      growth.push({
        refresh: await taken({ ours: ways.ours.refresh, postgres: ways.postgres.refresh }, alone),
        login: await taken({ ours: ways.ours.signIn, postgres: ways.postgres.signIn }, alone),
      });
    }
    // Against the floor of the same minute, whose store does not grow.
    const grown = (kind) => {
      const [small, large] = growth.map((at) => at[kind].p50('ours') / at[kind].p50('postgres'));
      return {
        name: `${kind}, ${SMALL} to ${entries} grants, growth`,
        unit: '1',
        value: large / small,
        note: `budget ${BUDGET}`,
      };
    };
    return [
      ...figures('client credentials', machine, { memory: 0.7 }),
      ...figures('pushed request', push, {}),
      ...figures('refresh', renewed, {}),
      ...figures('federated sign-in', login, { postgres: 0.8 }),
      grown('refresh'),
      grown('login'),
    ];
  } finally {
    await stop();
    await rm(home, { recursive: true, force: true });
  }
};
