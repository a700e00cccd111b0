import { verdictsOf } from './both-verifiers.js';
import { type ExchangeSetting, newBundle, newRefusal } from '@bayway/testing';
import { everyByte, mutate, random } from './mutants.js';

export type Extent = Readonly<{ stride: number; bundles: number; mutations: number; seed: number }>;

/** What a campaign found: how many mutants, which were taken for valid, on which the two verifiers disagree. */
export type Found = Readonly<{
  count: number;
  undetected: string[];
  disagreed: string[];
  checks: Record<string, number>;
}>;

const CORRIDORS = ['cn', 'hk', 'mo'].flatMap((a) => ['cn', 'hk', 'mo'].map((b) => [a, b]));

function settingOf(n: number): Partial<ExchangeSetting> {
  const [importer, exporter] = CORRIDORS[n % CORRIDORS.length] as [
    ExchangeSetting['importer'],
    ExchangeSetting['exporter'],
  ];
  const acts = ['overseas', 'sensitive', 'other-handler', 'written'].slice(0, 1 + (n % 4));
  return {
    importer,
    exporter,
    acts,
    others: (n * 37) % 300,
    rules: 1 + n * 3,
    third: n % 2 === 0,
    rotated: n % 3 === 0,
  };
}

async function tried(found: Found, name: string, mutants: Uint8Array[], pins: Parameters<typeof verdictsOf>[1]) {
  for (const [i, [ours, theirs]] of (await verdictsOf(mutants, pins)).entries()) {
    if (ours === 'valid' || theirs === 'valid') found.undetected.push(`${name} ${i}`);
    if (ours !== theirs) found.disagreed.push(`${name} ${i}: ${ours} | ${theirs}`);
    const [check = ''] = ours.split(' ');
    found.checks[check] = (found.checks[check] ?? 0) + 1;
  }
  return { ...found, count: found.count + mutants.length };
}

const REFUSED = { by: 'exporter', outcome: 'refused', problem: 'consent-withdrawn' } as const;
const TAKEN_BACK = { by: 'importer', outcome: 'cancelled', problem: 'data-request-cancelled', isAbroad: true } as const;
const OUT_OF_TIME = { by: 'importer', outcome: 'failed', problem: 'data-request-expired' } as const;

/** How each of the bundles ends whose mutations are tried: with a release (null), or without. */
const ENDS = [null, REFUSED, null, TAKEN_BACK, null, OUT_OF_TIME];

/** Byte positions of two small bundles, of a refusal and of a request taken back, then seeded mutations over others, each tried on both verifiers. */
export async function campaign({ stride, bundles, mutations, seed }: Extent): Promise<Found> {
  let found: Found = { count: 0, undetected: [], disagreed: [], checks: {} };
  for (const [n, exporter] of (['cn', 'hk'] as const).entries()) {
    const { world, bytes } = await newBundle({ exporter });
    if (bytes.length > 20_480) throw new RangeError(`small bundle has ${bytes.length} bytes`);
    found = await tried(found, `bytes ${exporter}`, [...everyByte(bytes, { seed: seed + n, stride })], world.pins);
  }
  for (const how of [REFUSED, TAKEN_BACK]) {
    const { world, bytes } = await newRefusal({ how });
    const positions = [...everyByte(bytes, { seed, stride })];
    found = await tried(found, `bytes of one ${how.outcome}`, positions, world.pins);
  }
  for (let n = 0; n < bundles; n += 1) {
    const end = ENDS[n % ENDS.length];
    const { world, bytes } = await (end ? newRefusal({ ...settingOf(n), how: end }) : newBundle(settingOf(n)));
    const donor = await world.bundle(await (n % 2 === 0 ? world.exchange() : world.refusal()));
    const next = random(seed + 100 + n);
    const share = Math.ceil(mutations / bundles);
    const mutants = Array.from({ length: share }, () => mutate(bytes, donor, next));
    found = await tried(found, `mutations ${n}`, mutants, world.pins);
  }
  return found;
}
