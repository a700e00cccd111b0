import { bayDay } from '@bayway/domain';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, composeAsk, decideAsk, enrolSubject, issuePermit, powersToAct } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import {
  mainlandActs,
  newActs,
  newAssessed,
  newDetail,
  newHandle,
  newPermitRequest,
  type ActOver,
} from '../../test/factories.js';
import { codeOf, officer, problemIn, World, type Resident } from '../../test/world.js';
import { fourteenthBirthday, lastGuardedDay } from './representation.js';

let world: World;
let administrator: Resident;
beforeAll(async () => {
  world = await World.start();
  administrator = world.resident();
  const acts = [...mainlandActs, { kind: 'guardian' as const, rules: ['CN.PIPL.31'] }];
  world.assessed = (detail) =>
    newAssessed(world.trust, detail, { acts: detail.dataset === 'credit-report' ? acts : mainlandActs });
});
afterAll(() => world.stop());

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
/** Born so that the fourteenth birthday is in so many days. */
const turning14In = (days: number): string => `${Number(dayIn(days).slice(0, 4)) - 14}${dayIn(days).slice(4)}`;
const role = officer('consent-administrator');
const record = (body: Record<string, unknown>, by: Resident = administrator, token: Record<string, unknown> = role) =>
  by.call('POST', '/admin/representations', token, body);
const proof = { kind: 'birth-certificate', digest: digestOf('a certificate') };

type Side = Readonly<{ actor: Resident; subject: { kind: 'person' | 'organisation'; id: string }; facts: object }>;
const guardianOf = async (bornOn: string): Promise<Side> => {
  const [actor, child] = [world.resident(), world.resident()];
  const subject = { kind: 'person' as const, id: child.id };
  const power = { kind: 'guardian', relation: 'parent', proof, bornOn, validUntil: '2040-01-01', actorId: actor.id };
  expect(await record({ ...power, subject })).toMatchObject({ status: 201 });
  return { actor, subject, facts: { kind: 'person', bornOn } };
};
const signatoryOf = async (datasets?: string[]): Promise<Side> => {
  const actor = world.resident();
  const subject = { kind: 'organisation' as const, id: randomUUID() };
  const company = { kind: 'signatory', relation: 'officer', proof: { ...proof, kind: 'company-register' } };
  const limits = { validUntil: dayIn(300), ...(datasets ? { datasets } : {}) };
  expect(await record({ ...company, ...limits, subject, actorId: actor.id })).toMatchObject({ status: 201 });
  return { actor, subject, facts: { kind: 'organisation' } };
};

const compose = async ({ actor, subject, facts }: Side, over: Record<string, unknown> = {}) => {
  const names = { displayName: 'Chan Mei Yee', subjectName: 'Chan Siu Ming' };
  const body = { detail: newDetail(), subject, facts, ...names, level: 3, language: 'en', ...over };
  const answer = await world.bus.ask(composeAsk, body as never, { actor: await world.actorToken(actor.id) });
  if (answer.outcome !== 'ask') throw new RangeError('refused');
  return answer;
};
const decide = async ({ actor, subject }: Side, composed: Awaited<ReturnType<typeof compose>>, over: ActOver = {}) => {
  const subjectHandle = newHandle();
  const named = { kind: subject.kind, handle: subjectHandle as never };
  const acts = await newActs(world.trust, composed, { subject: named, actor: actor.id, ...over });
  const body = { askId: composed.askId, acts, optionalItems: [], subjectHandle };
  return world.bus.ask(decideAsk, body as never, { actor: await world.actorToken(actor.id) });
};

describe('a guardian', () => {
  it('answers for a child under fourteen, named on the page, in the acts and in the history', async () => {
    const side = await guardianOf('2016-05-01');
    const composed = await compose(side);
    expect(composed.acts).toContain('guardian');
    expect(composed.html).toContain('I am the parent or guardian of Chan Siu Ming');
    expect(composed.html).toContain('Signed in as Chan Mei Yee');
    const { consentId, state } = await decide(side, composed);
    expect(state).toBe('pending');
    const row = await world.row('select subject_id, actor_id, acting_as from consent where id = $1', [consentId]);
    expect(row).toEqual({ subject_id: side.subject.id, actor_id: side.actor.id, acting_as: 'guardian' });
    const history = await world.row('select cause from consent_history where consent_id = $1', [consentId]);
    expect(history).toEqual({ cause: 'guardian' });
  });

  it('may see and withdraw it while she may act, and nobody else’s', async () => {
    const [side, other] = [await guardianOf('2016-05-01'), await guardianOf('2016-05-01')];
    const { consentId } = await decide(side, await compose(side));
    expect(await side.actor.call('GET', `/me/consents/${consentId}`)).toMatchObject({
      status: 200,
      body: { actingAs: 'guardian' },
    });
    for (const stranger of [other.actor, world.resident()])
      expect(problemIn(await stranger.call('POST', `/me/consents/${consentId}/withdrawal`))).toBe('consent-not-found');
    const withdrawn = await side.actor.call('POST', `/me/consents/${consentId}/withdrawal`);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
  });

  it('gives a consent that ends as the child turns fourteen; then the grown-up sees it, and the guardian does not', async () => {
    const bornOn = turning14In(1);
    const side = await guardianOf(bornOn);
    const detail = newDetail();
    const { consentId } = await decide(side, await compose(side, { detail }));
    await world.bus.ask(activateConsent, { consentId, flowId: detail.request_id });
    const { ends } = await world.row<{ ends: Date }>('select expires_at as ends from consent where id = $1', [
      consentId,
    ]);
    expect(bayDay(ends)).toBe(fourteenthBirthday(bornOn));
    expect(bayDay(new Date(ends.getTime() - 1))).toBe(lastGuardedDay(bornOn));
    // A day later: what only time can do.
    await world.asOwner('update consent set expires_at = now() where id = $1', [consentId]);
    await world.asOwner(
      "update representation set valid_from = '2020-01-01', valid_until = '2026-01-01' where subject_id = $1",
      [side.subject.id],
    );
    const { handle } = await world.row<{ handle: string }>(
      'select subject_handle as handle from consent where id = $1',
      [consentId],
    );
    const permit = newPermitRequest({ consentId, subjectHandle: handle });
    expect(await codeOf(world.bus.ask(issuePermit, permit as never))).toBe('consent-expired');
    const grown = world.resident();
    const asGrown = { sub: side.subject.id };
    const page = await grown.call('GET', '/me/consents', asGrown);
    expect(page.body).toMatchObject({ total: 1, items: [{ id: consentId, actingAs: 'guardian' }] });
    expect(await grown.call('GET', '/me/representations', asGrown)).toMatchObject({
      body: { items: [{ relation: 'parent' }] },
    });
    expect(problemIn(await side.actor.call('GET', `/me/consents/${consentId}`))).toBe('consent-not-found');
    const withdrawn = await grown.call('POST', `/me/consents/${consentId}/withdrawal`, asGrown);
    expect(withdrawn.body).toMatchObject({ state: 'withdrawn' });
  });

  const refused = async (work: () => Promise<unknown>, code: string) => {
    const before = await world.counts();
    expect(await codeOf(work())).toBe(code);
    expect(await world.counts()).toEqual(before);
  };

  it('is not asked once the child is fourteen: she is asked herself', async () => {
    const side = await guardianOf('2016-05-01');
    await refused(() => compose({ ...side, facts: { kind: 'person', bornOn: turning14In(0) } }), 'subject-of-age');
    await refused(() => compose({ ...side, facts: { kind: 'person' } }), 'subject-of-age');
  });

  it('may not answer when the child turned fourteen between ask and act: a clear problem, and nothing is stored', async () => {
    const side = await guardianOf('2016-05-01');
    const composed = await compose(side);
    const facts = JSON.stringify({ kind: 'person', bornOn: turning14In(0) });
    await world.query('update ask set subject_facts = $2 where id = $1', [composed.askId, facts]);
    await refused(() => decide(side, composed), 'subject-of-age');
  });

  it('may not answer by a power that ended between ask and act', async () => {
    const side = await guardianOf('2016-05-01');
    const composed = await compose(side);
    const { id } = await world.row<{ id: string }>('select id from representation where subject_id = $1', [
      side.subject.id,
    ]);
    expect(await administrator.call('POST', `/admin/representations/${id}/end`, role)).toMatchObject({ status: 200 });
    await refused(() => decide(side, composed), 'representation-missing');
    expect(problemIn(await administrator.call('POST', `/admin/representations/${id}/end`, role))).toBe(
      'representation-ended',
    );
  });

  it.each([
    [
      'for a child that is not hers',
      async (side: Side) => compose({ ...side, subject: (await guardianOf('2016-05-01')).subject }),
      'representation-missing',
    ],
    [
      'without the child’s name for the page',
      (side: Side) => compose(side, { subjectName: undefined }),
      'request-invalid',
    ],
    [
      'by acts that the child would have made',
      async (side: Side) => decide(side, await compose(side), { actor: side.subject.id }),
      'act-invalid',
    ],
  ])('is refused %s', async (_name, work, code) => {
    expect(await codeOf(work(await guardianOf('2016-05-01')))).toBe(code);
  });
});

describe('a signatory', () => {
  const statement = { dataset: 'bank-statement', purpose: { code: 'account-review' } };

  it('answers for the organisation, within what the power covers', async () => {
    const side = await signatoryOf(['bank-statement']);
    const { consentId } = await decide(side, await compose(side, { detail: newDetail(statement) }));
    const row = await world.row('select subject_kind, acting_as from consent where id = $1', [consentId]);
    expect(row).toEqual({ subject_kind: 'organisation', acting_as: 'signatory' });
    const before = await world.counts();
    const beyond = newDetail({ ...statement, dataset: 'tax-record' });
    expect(await codeOf(compose(side, { detail: beyond }))).toBe('representation-missing');
    expect(await world.counts()).toEqual(before);
  });

  it('is needed: an organisation does not answer by itself', async () => {
    const side = await signatoryOf();
    const itself = { ...side, actor: Object.assign(world.resident(), { id: side.subject.id }) };
    expect(await codeOf(compose(itself, { detail: newDetail(statement) }))).toBe('representation-missing');
  });
});

describe('for whom somebody may answer', () => {
  const powers = async (actor: Resident, dataset = 'bank-statement') =>
    world.bus.ask(powersToAct, { dataset: dataset as never }, { actor: await world.actorToken(actor.id) });

  it('is told to identity: those of today, about this dataset, and nobody else’s', async () => {
    const side = await signatoryOf(['bank-statement']);
    expect(await powers(side.actor)).toEqual({ powers: [{ kind: 'signatory', subject: side.subject.id }] });
    expect(await powers(side.actor, 'credit-report')).toEqual({ powers: [] });
    expect(await powers(world.resident())).toEqual({ powers: [] });
    const { id } = await world.row<{ id: string }>('select id from representation where actor_id = $1', [
      side.actor.id,
    ]);
    await administrator.call('POST', `/admin/representations/${id}/end`, role);
    expect(await powers(side.actor)).toEqual({ powers: [] });
    expect(await codeOf(world.bus.ask(powersToAct, { dataset: 'bank-statement' as never }))).toBe('token-missing');
  });

  it('is entered by the papers: identity says whom they name, and numbers are kept nowhere here', async () => {
    const [actor, organisation] = [world.resident(), randomUUID()];
    const papers = { kind: 'organisation', name: 'A Ltd', document: { kind: 'hk-brn', number: '99123456' } };
    const asked = world.bus.connection.subscribe(enrolSubject.subject, {
      callback: (_error, message) => {
        const { id, data } = message.json<{ id: string; data: { subject: unknown } }>();
        expect(data.subject).toEqual(papers);
        const response = { subject: { kind: 'organisation', id: organisation }, actorId: actor.id };
        message.respond(JSON.stringify({ id, response, isDisposed: true }));
      },
    });
    const power = { kind: 'signatory', relation: 'officer', proof: { ...proof, kind: 'company-register' } };
    const body = { ...power, validUntil: '2040-01-01', subject: papers, actor: { kind: 'hkid', number: 'A1234563' } };
    const path = '/admin/representations/enrolment';
    expect(await administrator.call('POST', path, role, body)).toMatchObject({ status: 201 });
    asked.unsubscribe();
    expect(await powers(actor)).toEqual({ powers: [{ kind: 'signatory', subject: organisation }] });
    const rows = await world.query('select to_jsonb(r) as row from representation r where subject_id = $1', [
      organisation,
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/99123456|A1234563|A Ltd/);
    expect(problemIn(await administrator.call('POST', path, officer('regulator'), body))).toBe('access-denied');
  });
});

describe('a power is recorded', () => {
  const [subject, actorId] = [{ kind: 'person', id: randomUUID() }, randomUUID()];
  const good = {
    kind: 'guardian',
    relation: 'parent',
    proof,
    bornOn: '2016-05-01',
    validUntil: '2040-01-01',
    subject,
    actorId,
  };

  it('with its proof, until the day before the fourteenth birthday, in evidence', async () => {
    const { body } = await record(good);
    expect(body).toMatchObject({ validUntil: '2030-04-30', endedAt: null });
    const entry = await world.row<{ record: object }>(
      "select record from evidence_record where record->>'representationId' = $1",
      [body['id']],
    );
    expect(JSON.stringify(entry.record)).not.toMatch(new RegExp(`2016|${actorId}|${subject.id}`));
    const list = await administrator.call('GET', `/admin/representations?subject=${subject.id}`, role);
    expect(list.body).toMatchObject({ items: [{ id: body['id'], relation: 'parent' }] });
  });

  it.each([
    ['of one who is fourteen', { bornOn: '2010-01-01' }, 'subject-of-age'],
    ['of one whose birth nobody knows', { bornOn: undefined }, 'subject-of-age'],
    ['of a guardian for an organisation', { subject: { kind: 'organisation', id: randomUUID() } }, 'request-invalid'],
    ['of a guardian who is an officer', { relation: 'officer' }, 'request-invalid'],
    ['of somebody for herself', { actorId: subject.id }, 'request-invalid'],
    ['that ends before it begins', { validFrom: '2030-01-01', validUntil: '2029-01-01' }, 'request-invalid'],
    ['without a proof', { proof: undefined }, 'request-invalid'],
  ])('not one %s', async (_name, over, code) => {
    const before = await world.counts();
    expect(problemIn(await record({ ...good, ...over }))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it('deny: by a resident, a regulator, a rules officer, and by who would act', async () => {
    const before = await world.counts();
    for (const token of [{}, officer('regulator'), officer('rules-officer')])
      expect(problemIn(await record(good, world.resident(), { ...token, jti: randomUUID() }))).toBe('access-denied');
    expect(problemIn(await record({ ...good, actorId: administrator.id }))).toBe('request-invalid');
    expect(problemIn(await administrator.call('POST', `/admin/representations/${randomUUID()}/end`, role))).toBe(
      'representation-not-found',
    );
    expect(await world.counts()).toEqual(before);
  });
});
