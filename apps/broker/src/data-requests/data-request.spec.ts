import { describe, expect, it } from '@jest/globals';
import type { DataRequestState, ReleaseSummary } from '@bayway/contracts';
import { ConsentState } from '@bayway/domain';
import fc from 'fast-check';
import {
  acceptReceipt,
  cancel,
  deadlineOf,
  delay,
  deliver,
  end,
  expire,
  isOver,
  NEXT,
  problemOfConsent,
  readable,
  settle,
  stateAt,
  type DataRequest,
} from './data-request.js';

const at = new Date('2026-11-22T10:00:00Z');
const later = (minutes: number) => new Date(at.getTime() + minutes * 60_000);
const release: ReleaseSummary = {
  ...{ ciphertextDigest: 'c'.repeat(43), size: 10, chunks: 1, permit: 'a.b.c', commitment: 'd'.repeat(43) },
  availableUntil: later(15).toISOString(),
};
const sent: DataRequest = {
  ...{ state: 'sent', release: null, receipt: null, settledAt: null, deliveredAt: null },
  history: [{ state: 'sent', reason: null, at: at.toISOString() }],
};
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

/** Every act on a request, as its parties may do them in any order. */
const acts = {
  release: (r: DataRequest) => settle(r, { outcome: 'released', release, assessment: 'x.y.z' }, at),
  refuse: (r: DataRequest) =>
    settle(r, { outcome: 'refused', problem: 'consent-withdrawn', refusal: null, assessment: null }, at),
  fail: (r: DataRequest) =>
    settle(r, { outcome: 'failed', problem: 'record-not-found', refusal: null, assessment: null }, at),
  deliver: (r: DataRequest) => deliver(r, at),
  receipt: (r: DataRequest) => acceptReceipt(r, 'r.e.c', at),
  withdraw: (r: DataRequest) => end(r, 'withdrawn', at),
  cancel: (r: DataRequest) => cancel(r, at),
  expire: (r: DataRequest) => expire(r, at),
  lapse: (r: DataRequest) =>
    settle(r, { outcome: 'failed', problem: 'data-request-expired', refusal: null, assessment: null }, at),
};
type Act = keyof typeof acts;

/** Where each act leads from each state; what is not listed leaves the request as it is, or is refused. */
const LEADS: Record<DataRequestState, Partial<Record<Act, DataRequestState>>> = {
  sent: {
    ...{ release: 'ready', refuse: 'refused', fail: 'failed', withdraw: 'ended' },
    ...{ cancel: 'cancelled', expire: 'expired', lapse: 'expired' },
  },
  ready: { deliver: 'delivered', receipt: 'receipted', withdraw: 'ended' },
  delivered: { receipt: 'receipted', withdraw: 'ended' },
  receipted: {},
  refused: {},
  failed: {},
  expired: {},
  cancelled: {},
  ended: {},
};

describe('a data request', () => {
  it('follows its states under any sequence of acts', () => {
    const sequence = fc.array(fc.constantFrom(...(Object.keys(acts) as Act[])), { maxLength: 12 });
    fc.assert(
      fc.property(sequence, (steps) => {
        let request = sent;
        let wasDelivered = false;
        for (const act of steps) {
          const change = code(() => acts[act](request));
          const allowed = LEADS[request.state][act];
          const readBefore = request.state === 'ended' && act === 'receipt' && wasDelivered;
          const expected = allowed ?? (readBefore ? 'receipted' : request.state);
          if (typeof change === 'object') request = { ...request, ...change };
          expect(request.state).toBe(expected);
          wasDelivered ||= request.state === 'delivered';
          expect(request.history.at(-1)?.state).toBe(request.state);
          expect((request.state === 'sent') === (request.settledAt === null)).toBe(true);
          expect((request.state === 'receipted') === (request.receipt !== null)).toBe(true);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('keeps each step with its reason, along the table and no other way', () => {
    const sequence = fc.array(fc.constantFrom(...(Object.keys(acts) as Act[])), { maxLength: 12 });
    fc.assert(
      fc.property(sequence, (steps) => {
        let request = sent;
        for (const act of steps) {
          const change = code(() => acts[act](request));
          if (typeof change === 'object') request = { ...request, ...change };
        }
        const states = request.history.map(({ state }) => state as DataRequestState);
        states.slice(1).forEach((state, index) => expect(NEXT[states[index] ?? 'sent']).toContain(state));
        for (const { state, reason } of request.history)
          expect(reason !== null).toBe(['refused', 'failed', 'expired', 'cancelled', 'ended'].includes(state));
      }),
    );
    expect(Object.keys(NEXT).filter((state) => isOver(state as DataRequestState))).toEqual(
      expect.arrayContaining(['refused', 'failed', 'expired', 'cancelled', 'receipted', 'ended']),
    );
  });

  it('notes a delay once for each reason, and only while it waits', () => {
    const waiting = { ...sent, waiting: null };
    const one = { reason: 'holder-unreachable', nextTryAt: later(1).toISOString() };
    const first = { ...waiting, ...delay(waiting, one, at) };
    expect(first.history.map(({ reason }) => reason)).toEqual([null, 'holder-unreachable']);
    const again = { ...one, nextTryAt: later(2).toISOString() };
    expect(delay(first, again, later(1))).toEqual({ waiting: again });
    expect(delay({ ...first, state: 'ready' }, again, at)).toEqual({});
  });

  it('is cancelled before a release only, and says why not', () => {
    const cancelled: DataRequest = { ...sent, state: 'cancelled', settledAt: at };
    expect(cancel(cancelled, at)).toEqual({});
    for (const state of ['ready', 'delivered', 'receipted', 'refused', 'failed', 'expired', 'ended'] as const)
      expect(code(() => cancel({ ...sent, state }, at))).toBe('data-request-not-cancellable');
  });

  it.each([
    ['none', undefined, 90],
    ['a shorter one', later(5).toISOString(), 5],
  ])('lives until its deadline: %s', (_name, wish, minutes) => {
    expect(deadlineOf(wish, at)).toEqual(later(minutes));
  });

  it.each([
    ['over', later(0).toISOString()],
    ['too far', later(111).toISOString()],
  ])('takes no deadline that is %s', (_name, wish) => {
    expect(code(() => deadlineOf(wish, at))).toBe('request-invalid');
  });

  it('takes the same receipt again and no other', () => {
    const receipted: DataRequest = { ...sent, state: 'receipted', release, receipt: 'r.e.c', settledAt: at };
    expect(acceptReceipt(receipted, 'r.e.c', at)).toEqual({});
    expect(code(() => acceptReceipt(receipted, 'o.t.h', at))).toBe('receipt-invalid');
    expect(code(() => acceptReceipt(sent, 'r.e.c', at))).toBe('data-request-not-ready');
    expect(code(() => acceptReceipt({ ...sent, state: 'failed' }, 'r.e.c', at))).toBe('data-request-ended');
  });

  it('is readable while its record is staged, and not a moment longer', () => {
    const ready: DataRequest = { ...sent, state: 'ready', release, settledAt: at };
    expect(readable(ready, later(14))).toBe(release);
    expect(code(() => readable(ready, later(15)))).toBe('data-request-ended');
    expect([stateAt(ready, later(14)), stateAt(ready, later(15))]).toEqual(['ready', 'ended']);
    expect(code(() => readable(sent, at))).toBe('data-request-not-ready');
  });

  it('goes on when its consent ends otherwise than by withdrawal', () => {
    const ready: DataRequest = { ...sent, state: 'ready', release, settledAt: at };
    for (const state of ConsentState.exclude(['withdrawn', 'invalidated']).options)
      expect(end(ready, state, at)).toEqual({});
  });
});

describe('problemOfConsent', () => {
  it.each([
    ['given', null],
    ['pending', 'consent-not-given'],
    ['refused', 'consent-not-given'],
    ['lapsed', 'consent-not-given'],
    ['withdrawn', 'consent-withdrawn'],
    ['expired', 'consent-expired'],
    ['used-up', 'consent-used-up'],
    ['renewed', null],
    ['deferred', 'consent-not-given'],
    ['paused', 'consent-paused'],
    ['terminated', 'consent-terminated'],
    ['invalidated', 'consent-invalidated'],
  ] as const)('of a consent that is %s is %s', (state, problem) => expect(problemOfConsent(state)).toBe(problem));
});
