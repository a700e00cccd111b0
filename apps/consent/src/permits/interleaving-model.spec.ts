import { describe, expect, it } from '@jest/globals';
import { DomainError } from '@bayway/contracts';
import { newConsent } from '../../test/rows.js';
import { withdraw, type Change } from '../consents/consent.js';
import { decidePermit } from './permit.js';

/**
 * Every order in which the steps of one withdrawal and one permit can happen, by the rules themselves: an exhaustive
 * search. A step that waits for the row's lock cannot be taken while the other holds it, as in PostgreSQL.
 */
type Side = 'withdrawal' | 'permit';
type State = Readonly<{
  row: Row;
  /** What a side read under its lock, and what it is going to write. */
  seen: Readonly<Partial<Record<Side, Row>>>;
  change: Readonly<Partial<Record<Side, Change | 'refused'>>>;
  holder: Side | null;
  at: Readonly<Record<Side, number>>;
  log: readonly string[];
}>;
type Row = ReturnType<typeof newConsent>;
type Step = Readonly<{ name: string; needsLock?: boolean; run: (state: State) => Partial<State> }>;

const now = new Date('2026-11-22T08:00:00Z');
const asked = {
  consentId: 'consent',
  subjectHandle: 'handle',
  dataRequestId: 'one',
  holder: 'pengwan-credit',
  items: ['accounts'],
  requestDigest: 'request',
  importerAssessmentDigest: 'importer',
  exporterAssessmentDigest: 'exporter',
};

const attempt = (rule: () => Change): Change | 'refused' => {
  try {
    return rule();
  } catch (error) {
    if (error instanceof DomainError) return 'refused';
    throw error;
  }
};

const decisions: Readonly<Record<Side, (row: Row) => Change | 'refused'>> = {
  withdrawal: (row) => attempt(() => withdraw(row, now)),
  permit: (row) =>
    attempt(() => {
      const decision = decidePermit(row, { use: null, issued: null }, { request: asked, at: now });
      return decision.kind === 'first' ? decision.change : {};
    }),
};

/** The steps of one side as its service takes them. `locks` is what the search is told to leave out. */
const stepsOf = (side: Side, locks: boolean): readonly Step[] => [
  { name: 'begin', run: () => ({}) },
  {
    name: 'lock and read',
    needsLock: locks,
    run: ({ row, seen }) => ({ seen: { ...seen, [side]: row }, ...(locks ? { holder: side } : {}) }),
  },
  {
    name: 'decide',
    run: ({ seen, change }) => ({ change: { ...change, [side]: decisions[side](seen[side] as Row) } }),
  },
  { name: 'write history, evidence and outbox', run: () => ({}) },
  {
    name: 'commit',
    run: ({ row, change, holder, log }) => {
      const made = change[side];
      if (made === 'refused') return { holder: holder === side ? null : holder, log: [...log, `${side} refused`] };
      return { row: { ...row, ...made }, holder: holder === side ? null : holder, log: [...log, `${side} committed`] };
    },
  },
  {
    name: 'answer',
    run: ({ log, change }) => ({ log: change[side] === 'refused' ? log : [...log, `${side} answered`] }),
  },
];

const SIDES: readonly Side[] = ['withdrawal', 'permit'];

/** All ends that can be reached, each with the order of what became final. */
function explore(locks: boolean): { orders: number; ends: State[] } {
  const steps = { withdrawal: stepsOf('withdrawal', locks), permit: stepsOf('permit', locks) };
  const ends: State[] = [];
  const visit = (state: State): number => {
    const next = SIDES.filter((side) => {
      const step = steps[side][state.at[side]];
      return step !== undefined && !(step.needsLock && state.holder !== null);
    });
    if (next.length === 0) return ends.push(state) > 0 ? 1 : 0;
    return next.reduce((orders, side) => {
      const step = steps[side][state.at[side]] as Step;
      return orders + visit({ ...state, ...step.run(state), at: { ...state.at, [side]: state.at[side] + 1 } });
    }, 0);
  };
  const row = newConsent({ id: 'consent', state: 'given' });
  const orders = visit({ row, seen: {}, change: {}, holder: null, at: { withdrawal: 0, permit: 0 }, log: [] });
  return { orders, ends };
}

const startsLate = ({ log }: State): boolean => {
  const [confirmed, started] = [log.indexOf('withdrawal committed'), log.indexOf('permit committed')];
  return started !== -1 && confirmed !== -1 && started > confirmed;
};

describe('every order of one withdrawal and one permit', () => {
  const { orders, ends } = explore(true);

  it('ends, without both waiting for each other', () => {
    expect(orders).toBe(ends.length);
    expect(orders).toBeGreaterThan(50);
    for (const { at } of ends) expect(at).toEqual({ withdrawal: 6, permit: 6 });
  });

  it('starts no release after the withdrawal was confirmed', () => {
    expect(ends.filter(startsLate)).toEqual([]);
    for (const { row, log } of ends) {
      expect(row.state).toBe('withdrawn');
      expect(row.uses).toBe(log.includes('permit committed') ? 1 : 0);
    }
  });

  it('has both outcomes: a permit that came first, and one that was refused', () => {
    expect(ends.some(({ log }) => log.includes('permit committed'))).toBe(true);
    expect(ends.some(({ log }) => log.includes('permit refused'))).toBe(true);
  });

  it('would start some without the lock: the search finds what it looks for', () => {
    const unlocked = explore(false);
    expect(unlocked.orders).toBe(924);
    expect(unlocked.ends.some(startsLate)).toBe(true);
  });
});
