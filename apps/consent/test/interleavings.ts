import assert from 'node:assert/strict';
import { DataSource } from 'typeorm';
import { ConsentsService } from '../src/consents/consents.service.js';
import { PermitsService } from '../src/permits/permits.service.js';
import { Barriers } from './barriers.js';
import { newPermitRequest } from './factories.js';
import { codeOf, type Resident, type World } from './world.js';

/** mulberry32: the same seed draws the same orders again. */
export function drawing(seed: number): (n: number) => number {
  let state = seed >>> 0;
  return (n) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % n;
  };
}

export type Outcomes = { permitted: number; refused: number; orders: number; late: number };

/**
 * Withdrawals and releases of the same consent, interleaved statement by statement on real PostgreSQL.
 * @param campaign so many races, of which `lanes` run side by side, each lane on orders of its own seed
 * @returns how they came out, how many different orders there were, and how many releases started after a withdrawal
 */
export async function interleave(
  world: World,
  { runs, seed, lanes = 1 }: { runs: number; seed: number; lanes?: number },
): Promise<Outcomes> {
  const her = world.resident();
  const { consentId: template } = await her.consent();
  const barriers = new Barriers(world.service.app.get(DataSource));
  const found = await Promise.all(
    Array.from({ length: lanes }, (_none, n) =>
      lane({ world, her, template, barriers }, { runs: runs / lanes, seed: seed + n }),
    ),
  );
  const late = await world.query(
    `select p.jti from permit p join consent_use u using (data_request_id)
       join consent_history h on h.consent_id = u.consent_id and h.state = 'withdrawn'
      where p.issued_at > h.at`,
  );
  const orders = new Set(found.flatMap((one) => one.orders));
  const permitted = found.reduce((sum, one) => sum + one.permitted, 0);
  return { permitted, refused: runs - permitted, orders: orders.size, late: late.length };
}

type Stage = Readonly<{ world: World; her: Resident; template: string; barriers: Barriers }>;

/** Races one after the other. */
async function lane({ world, her, template, barriers }: Stage, { runs, seed }: { runs: number; seed: number }) {
  const consents = world.service.app.get(ConsentsService);
  const permits = world.service.app.get(PermitsService);
  const choose = drawing(seed);
  const orders: string[] = [];
  let permitted = 0;
  for (let run = 0; run < runs; run += 1) {
    const consent = await world.copyOf(template);
    // In turn, one side is favoured, so that both get the lock first at every point of the other.
    const bias = choose(9) + 1;
    const [withdrawal, permit] = [
      () => consents.withdraw(consent.consentId, her.id),
      () => codeOf(permits.issue(newPermitRequest({ ...consent }) as never)),
    ] as const;
    const { results, order } = await barriers.race([withdrawal, permit], (n) =>
      n === 1 ? 0 : Number(choose(10) < bias),
    );
    const [view, code] = results;
    assert(code === 'accepted' || code === 'consent-withdrawn', `run ${run} of seed ${seed}: ${code}`);
    // What was permitted had committed first, so that the confirmation names it; what it does not name was refused.
    assert.equal(view.uses.length, code === 'accepted' ? 1 : 0, `run ${run} of seed ${seed}: ${order}`);
    permitted += Number(code === 'accepted');
    orders.push(order);
  }
  return { permitted, orders };
}
