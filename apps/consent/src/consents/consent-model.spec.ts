import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { isInForce, type ConsentState } from '@bayway/domain';
import fc from 'fast-check';
import { newConsent } from '../../test/rows.js';
import {
  activate,
  countUse,
  endBy,
  finishUses,
  NEXT,
  passTime,
  pause,
  resume,
  withdraw,
  type Change,
} from './consent.js';

const LAPSE = 600_000;
const EXPIRE = 3_600_000;
const MAX_USES = 3;
/** A clock that another machine reads may be fifteen minutes off, either way. */
const SKEW = 900_000;
const start = new Date('2026-11-22T08:00:00Z').getTime();

/** What must hold, in the plainest words: no rule of `consent.ts` is used here. */
type Model = {
  state: ConsentState;
  uses: number;
  released: number;
  now: number;
  renewal: boolean;
  /** Ends she or others brought about: nothing may be used from then on. */
  over: boolean;
  withdrawn: boolean;
};
type Row = ReturnType<typeof newConsent>;
type Real = { row: Row };

/** Runs a rule as the service does: applies its change, or leaves the row as it is. */
function run(real: Real, rule: (row: Row) => Change | null): boolean {
  try {
    const change = rule(real.row);
    // The trigger of the table refuses any other step.
    if (change?.state) expect(NEXT[real.row.state]).toContain(change.state);
    real.row = { ...real.row, ...change };
    return true;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return false;
  }
}

type Step = (m: Model, real: Real, now: Date) => void;
const command = (name: string, skew: number, step: Step): fc.Command<Model, Real> => ({
  check: () => true,
  run: (m, real) => {
    step(m, real, new Date(start + m.now + skew));
    expect([real.row.state, real.row.uses]).toEqual([m.state, m.uses]);
    // "Valid after withdrawn" is unreachable, and so is any use after an end.
    if (m.withdrawn) expect(real.row.state).toBe('withdrawn');
    if (m.over) expect(run({ row: real.row }, (row) => countUse(row, new Date(start - SKEW)))).toBe(false);
  },
  toString: () => `${name}${skew === 0 ? '' : ` (clock ${skew} ms off)`}`,
});

const alive = (m: Model): boolean => ['given', 'renewed', 'paused'].includes(m.state);
const force = (m: Model): ConsentState => (m.renewal ? 'renewed' : 'given');

const give: Step = (m, real, now) => {
  const time = now.getTime() - start;
  const may = isInForce(m.state) || (m.state === 'pending' && time < LAPSE && time < EXPIRE);
  expect(run(real, (row) => activate(row, 'f', now))).toBe(may);
  if (may) m.state = force(m);
};
const steps: Readonly<Record<string, Step>> = {
  give,
  // Messages come twice, and late: the same step again, whatever happened meanwhile.
  'give, delivered twice': (m, real, now) => {
    give(m, real, now);
    give(m, real, now);
  },
  'give, of another flow': (_m, real, now) => expect(run(real, (row) => activate(row, 'g', now))).toBe(false),
  withdraw: (m, real, now) => {
    const may = ['pending', 'given', 'renewed', 'paused', 'expired', 'used-up', 'terminated'].includes(m.state);
    expect(run(real, (row) => withdraw(row, now))).toBe(may);
    if (may) Object.assign(m, { state: 'withdrawn', withdrawn: true, over: true });
  },
  pause: (m, real, now) => {
    const may = isInForce(m.state) && now.getTime() - start < EXPIRE;
    expect(run(real, (row) => pause(row, now))).toBe(may);
    if (may) m.state = 'paused';
  },
  resume: (m, real, now) => {
    const may = m.state === 'paused' && now.getTime() - start < EXPIRE;
    expect(run(real, (row) => resume(row, now))).toBe(may);
    if (may) m.state = force(m);
  },
  terminate: (m, real, now) => {
    const may = alive(m);
    expect(run(real, (row) => endBy(row, 'terminated', now))).toBe(may);
    if (may) Object.assign(m, { state: 'terminated', over: true });
  },
  invalidate: (m, real, now) => {
    const may = alive(m);
    expect(run(real, (row) => endBy(row, 'invalidated', now))).toBe(may);
    if (may) Object.assign(m, { state: 'invalidated', over: true });
  },
  use: (m, real, now) => {
    const may = isInForce(m.state) && now.getTime() - start < EXPIRE && m.uses < MAX_USES;
    expect(run(real, (row) => countUse(row, now))).toBe(may);
    if (may) m.uses += 1;
  },
  release: (m, real, now) => {
    m.released = Math.min(m.released + 1, m.uses);
    run(real, (row) => finishUses(row, m.released, now));
    if (isInForce(m.state) && m.released === MAX_USES) Object.assign(m, { state: 'used-up', over: true });
  },
  expire: (m, real, now) => {
    run(real, (row) => passTime(row, now));
    const time = now.getTime() - start;
    if (m.state === 'pending' && time >= LAPSE) Object.assign(m, { state: 'lapsed', over: true });
    else if (alive(m) && time >= EXPIRE) Object.assign(m, { state: 'expired', over: true });
  },
};

const skews = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.integer({ min: -SKEW, max: SKEW }));
const commands = [
  ...Object.entries(steps).map(([name, step]) => skews.map((skew) => command(name, skew, step))),
  fc.integer({ min: 0, max: 1_800_000 }).map((ms) =>
    command(`${ms} ms pass`, 0, (m) => {
      m.now += ms;
    }),
  ),
];

describe('any order of what may happen, by clocks that differ', () => {
  it.each([
    ['a first consent', false],
    ['a renewal', true],
  ])('of %s never leads from an end to being in force, nor beyond the uses allowed', (_name, renewal) => {
    fc.assert(
      fc.property(fc.commands(commands, { maxCommands: 80 }), (sequence) => {
        const at = (ms: number): Date => new Date(start + ms);
        const terms = { maxUses: MAX_USES, lapsesAt: at(LAPSE), expiresAt: at(EXPIRE), renews: renewal ? 'x' : null };
        const row = newConsent({ state: 'pending', flowId: 'f', ...terms });
        const model: Model = {
          state: 'pending',
          uses: 0,
          released: 0,
          now: 0,
          renewal,
          over: false,
          withdrawn: false,
        };
        fc.modelRun(() => ({ model, real: { row } }), sequence);
      }),
      { numRuns: 1000 },
    );
  });
});
