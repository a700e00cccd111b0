import { randomInt } from 'node:crypto';
import { JURISDICTIONS } from '@bayway/domain';
import { assertPortFree } from '../ports.js';
import { topology, type Topology } from './topology.js';

/** Below what `freePort` and systems give. */
const RANGE = { from: 10, to: 23 };

/** Every port of a topology. */
export const portsOf = ({ landing, instances, portOf, sandbox, postgres, nats }: Topology): number[] => [
  landing,
  ...instances.map(portOf),
  ...Object.values(sandbox),
  ...Object.values(postgres),
  ...JURISDICTIONS.flatMap((jurisdiction) => [nats[jurisdiction].port, nats[jurisdiction].leafPort]),
];

/** A base whose ports are all free right now: for tests that start a whole system beside others. */
export async function freeBase(): Promise<number> {
  for (let tries = 0; tries < 50; tries += 1) {
    const base = randomInt(RANGE.from, RANGE.to) * 1_000;
    const checks = portsOf(topology(base)).map((port) => assertPortFree(port, 'a test'));
    const outcomes = await Promise.allSettled(checks);
    if (outcomes.every((outcome) => outcome.status === 'fulfilled')) return base;
  }
  throw new RangeError('no thousand ports in a row are free');
}
