import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentState, isInForce } from '@bayway/domain';
import { codeOf, officer, problemIn, World, type Resident } from '../../test/world.js';
import { deferAsk, issuePermit } from '@bayway/contracts';
import { newActs, newPermitRequest } from '../../test/factories.js';
import { NEXT } from './consent.js';

let world: World;
let her: Resident;
let template: string;
beforeAll(async () => {
  world = await World.start();
  her = world.resident();
  ({ consentId: template } = await her.consent());
});
afterAll(() => world.stop());

const history = async (consentId: string) =>
  (
    await world.query<{ state: string }>('select state from consent_history where consent_id = $1 order by seq', [
      consentId,
    ])
  ).map(({ state }) => state);

/** The states a row of a consent may have; the two before are an ask's. */
const ROWS = ConsentState.exclude(['requested', 'deferred']).options;
const open = (state: ConsentState): boolean => isInForce(state) || state === 'pending' || state === 'paused';
const begun = (state: ConsentState): boolean => !['pending', 'refused', 'lapsed', 'withdrawn'].includes(state);

describe('the table of states', () => {
  it('is the same in PostgreSQL as in the rules', async () => {
    const { consentId } = await world.copyOf(template);
    const set = (state: ConsentState) => [
      `update consent set state = $2, renews = $3, given_at = $4, ended_at = $5 where id = $1`,
      [
        consentId,
        state,
        state === 'renewed' ? template : null,
        begun(state) ? new Date() : null,
        open(state) ? null : new Date(),
      ],
    ];
    for (const from of ROWS)
      for (const to of ROWS.filter((state) => state !== from)) {
        await world.asOwner('alter table consent disable trigger consent_moves_on');
        await world.asOwner(...(set(from) as [string, unknown[]]));
        await world.asOwner('alter table consent enable trigger consent_moves_on');
        const moved = await codeOf(world.query(...(set(to) as [string, unknown[]])));
        expect([from, to, moved === 'accepted']).toEqual([from, to, NEXT[from].includes(to)]);
      }
  }, 120_000);

  it('keeps its history from being changed by the service itself', async () => {
    for (const sql of [
      "update consent_history set state = 'given'",
      'delete from consent_history',
      'truncate consent_history',
      'delete from ask_history',
      "update ask_history set state = 'requested'",
    ])
      await expect(world.query(sql)).rejects.toThrow('permission denied');
  });
});

describe('a pause', () => {
  const post = (id: string, what: string, by: Resident = her) => by.call('POST', `/me/consents/${id}/${what}`);

  it('stops every release until she resumes, as often as she likes, each in the history and on a receipt', async () => {
    const consent = await world.copyOf(template);
    const permit = () => codeOf(world.bus.ask(issuePermit, newPermitRequest({ ...consent }) as never));
    for (let n = 0; n < 2; n += 1) {
      expect(await post(consent.consentId, 'pause')).toMatchObject({ status: 200, body: { state: 'paused' } });
      expect(await permit()).toBe('consent-paused');
      expect(await post(consent.consentId, 'resumption')).toMatchObject({ status: 200, body: { state: 'given' } });
      expect(await permit()).toBe('accepted');
    }
    expect(await history(consent.consentId)).toEqual(['paused', 'given', 'paused', 'given']);
    const [{ n } = { n: 0 }] = await world.query<{ n: number }>(
      'select count(*)::int as n from receipt where consent_id = $1',
      [consent.consentId],
    );
    expect(n).toBe(4);
  });

  it('is hers alone, once at a time, and does not outlive a withdrawal', async () => {
    const { consentId } = await world.copyOf(template);
    const before = await world.counts();
    expect(problemIn(await post(consentId, 'pause', world.resident()))).toBe('consent-not-found');
    expect(problemIn(await post(consentId, 'resumption'))).toBe('consent-not-paused');
    expect(problemIn(await her.call('POST', `/me/consents/${consentId}/pause`, { scope: 'openid data' }))).toBe(
      'access-denied',
    );
    expect(await world.counts()).toEqual(before);
    await post(consentId, 'pause');
    expect(problemIn(await post(consentId, 'pause'))).toBe('consent-paused');
    expect(await post(consentId, 'withdrawal')).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect(problemIn(await post(consentId, 'resumption'))).toBe('consent-withdrawn');
  });
});

describe('an end by others', () => {
  const end = (id: string, by: string, token: Record<string, unknown> = officer('consent-administrator')) =>
    world.resident().call('POST', `/admin/consents/${id}/end`, token, { by });

  it.each([
    ['holder', 'terminated'],
    ['recipient', 'terminated'],
    ['authority', 'invalidated'],
  ])('by %s leaves it %s: no permit, told to all, and in the history with its cause', async (by, state) => {
    const { consentId, subjectHandle } = await her.consent();
    expect(await end(consentId, by)).toMatchObject({ status: 200, body: { state } });
    const asked = newPermitRequest({ consentId, subjectHandle }) as never;
    expect(await codeOf(world.bus.ask(issuePermit, asked))).toBe(`consent-${state}`);
    const entered = 'select state, cause from consent_history where consent_id = $1 order by seq desc limit 1';
    const [last] = await world.query(entered, [consentId]);
    expect(last).toEqual({ state, cause: by });
    const told = await world.query("select 1 from outbox where subject = 'consent.ended.v1' and aggregate = $1", [
      consentId,
    ]);
    expect(told).toHaveLength(3);
    expect(problemIn(await end(consentId, 'holder'))).toBe(`consent-${state}`);
  });

  it.each([
    ['a resident', {}],
    ['a rules officer', officer('rules-officer')],
    ['a regulator', officer('regulator')],
    ['an administrator without the scope', { ...officer('consent-administrator'), scope: 'openid consent' }],
  ])('deny: by %s', async (_name, token) => {
    const { consentId } = await world.copyOf(template);
    const before = await world.counts();
    expect(problemIn(await end(consentId, 'holder', { ...token }))).toBe('access-denied');
    expect(await world.counts()).toEqual(before);
  });

  it('needs to say by whom', async () => {
    expect(problemIn(await end(template, 'nobody'))).toBe('request-invalid');
  });
});

describe('an answer put off', () => {
  const defer = async (askId: string, by: Resident) =>
    world.bus.ask(deferAsk, { askId } as never, { actor: await world.actorToken(by.id) });

  it('is recorded once, leaves the ask open, and stands on the receipt', async () => {
    const composed = await her.compose();
    const first = await defer(composed.askId, her);
    expect(first.answerBy).toBe(composed.expiresAt);
    expect(await defer(composed.askId, her)).toEqual(first);
    const acts = await newActs(world.trust, composed, { subject: her.subjectIn(composed) });
    const { receipt } = await her.decide({ askId: composed.askId, acts, subjectHandle: her.handleFor(composed.askId) });
    const claims = JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as {
      events: { state: string }[];
    };
    expect(claims.events.map(({ state }) => state)).toEqual(['requested', 'deferred', 'pending']);
    expect(await codeOf(defer(composed.askId, her))).toBe('ask-answered');
  });

  it('deny: somebody else, an unknown ask, nobody', async () => {
    const composed = await her.compose();
    const before = await world.counts();
    expect(await codeOf(defer(composed.askId, world.resident()))).toBe('ask-not-found');
    expect(await codeOf(defer(crypto.randomUUID(), her))).toBe('ask-not-found');
    expect(await codeOf(world.bus.ask(deferAsk, { askId: composed.askId }))).toBe('token-missing');
    expect(await world.counts()).toEqual(before);
  });
});
