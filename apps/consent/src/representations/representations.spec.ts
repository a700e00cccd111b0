import { bayDay } from '@bayway/domain';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, composeAsk, decideAsk, enrolSubject, issuePermit, powersToAct } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import { decodeJwt } from 'jose';
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
const signatory = [{ kind: 'signatory' as const, rules: ['PLAT.SIGNATORY'] }];
const ACTS_OF: Readonly<Record<string, typeof mainlandActs>> = {
  'credit-report': [...mainlandActs, { kind: 'guardian', rules: ['CN.PIPL.31'] }],
  'bank-statement': signatory,
  'tax-record': signatory,
};
beforeAll(async () => {
  world = await World.start();
  administrator = world.resident();
  world.assessed = (detail) => newAssessed(world.trust, detail, { acts: ACTS_OF[detail.dataset] ?? mainlandActs });
});
afterAll(() => world.stop());

const dayIn = (days: number): string => bayDay(new Date(Date.now() + days * 86_400_000));
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
    await world.asOwner("update consent set expires_at = now() - interval '1 second' where id = $1", [consentId]);
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

  const power = async (side: Side): Promise<string> =>
    (await world.row<{ id: string }>('select id from representation where actor_id = $1', [side.actor.id])).id;
  const names = { displayName: 'Liang Xiaotong', subjectName: 'Lanhai Technology' };

  it('is shown for whom, by which mandate, and that no statute asks; one act, and all of it is on the record', async () => {
    const side = await signatoryOf(['bank-statement']);
    const detail = newDetail(statement);
    const composed = await compose(side, { detail, ...names });
    expect(composed.acts).toEqual(['signatory']);
    expect(composed.html).toMatch(
      /For Lanhai Technology · Authorised signatory · Company register, until \d+ \w+ \d{4}/,
    );
    expect(composed.html).toContain('I am authorised to sign for Lanhai Technology and agree on its behalf');
    expect(composed.html).toContain('no statute asks for this consent');
    for (const language of ['zh-Hant', 'zh-Hans', 'pt'] as const)
      expect((await compose(side, { detail: detail, ...names, language })).html).toMatch(
        /Lanhai Technology · (獲授權簽署人 · 公司登記冊|授权签字人 · 公司登记簿|Signatário autorizado · Registo comercial)/,
      );
    const { consentId } = await decide(side, composed);
    const ask = 'select power_id, subject_name from ask join consent c on c.ask_id = ask.id where c.id = $1';
    expect(await world.row(ask, [consentId])).toEqual({
      power_id: await power(side),
      subject_name: 'Lanhai Technology',
    });
    const page = await side.actor.call('GET', '/me/consents');
    expect(page.body).toMatchObject({
      total: 1,
      items: [{ id: consentId, actingAs: 'signatory', subjectName: 'Lanhai Technology' }],
    });
    const said = { about: 'not-mine' };
    const path = `/me/consents/${consentId}/objections`;
    expect(problemIn(await world.resident().call('GET', path))).toBe('consent-not-found');
    expect(await side.actor.call('GET', path)).toMatchObject({ status: 200, body: { items: [] } });
    expect(await side.actor.call('POST', path, {}, said)).toMatchObject({ status: 200, body: said });
    // She is told for it; nobody else is.
    const inbox = await side.actor.call('GET', '/me/notifications');
    expect(inbox.body).toMatchObject({ items: [{ kind: 'asked' }], unread: 1 });
    expect((await world.resident().call('GET', '/me/notifications')).body).toMatchObject({ items: [], unread: 0 });
    const marked = await side.actor.call('POST', '/me/notifications/reading', {}, { ids: 'all' });
    expect(marked.body).toEqual({ unread: 0 });
    const receipt = await side.actor.call('GET', `/me/consents/${consentId}/receipt`);
    const claims = decodeJwt(String(receipt.body['receipt']));
    expect(claims).toMatchObject({
      subject: { kind: 'organisation' },
      acts: [{ kind: 'signatory', answer: 'agree', rules: ['PLAT.SIGNATORY'] }],
      events: [{ by: 'ask' }, { by: 'signatory' }],
    });
    expect((await side.actor.call('POST', `/me/consents/${consentId}/withdrawal`)).body).toMatchObject({
      state: 'withdrawn',
    });
  });

  it('sees, and may end, what the mandate reaches: not another dataset, nor anything once it is over', async () => {
    const side = await signatoryOf(['bank-statement']);
    const { consentId } = await decide(side, await compose(side, { detail: newDetail(statement), ...names }));
    const other = world.resident();
    const company = { kind: 'signatory', relation: 'officer', proof: { ...proof, kind: 'power-of-attorney' } };
    const limits = { validUntil: dayIn(300), datasets: ['tax-record'], subject: side.subject, actorId: other.id };
    expect(await record({ ...company, ...limits })).toMatchObject({ status: 201 });
    const seenBy = async (one: Resident) => (await one.call('GET', '/me/consents')).body;
    expect(await seenBy(other)).toMatchObject({ total: 0, items: [] });
    expect(problemIn(await other.call('POST', `/me/consents/${consentId}/withdrawal`))).toBe('consent-not-found');
    await administrator.call('POST', `/admin/representations/${await power(side)}/end`, role);
    expect(await seenBy(side.actor)).toMatchObject({ total: 0, items: [] });
    expect(problemIn(await side.actor.call('GET', `/me/consents/${consentId}`))).toBe('consent-not-found');
    // What the organisation agreed to stands; its next signatory may end it.
    const next = world.resident();
    expect(await record({ ...company, ...limits, datasets: undefined, actorId: next.id })).toMatchObject({
      status: 201,
    });
    expect(await seenBy(next)).toMatchObject({ total: 1, items: [{ id: consentId }] });
    expect((await next.call('POST', `/me/consents/${consentId}/withdrawal`)).body).toMatchObject({
      state: 'withdrawn',
    });
  });

  it.each([
    ['lapsed', { valid_from: dayIn(-30), valid_until: dayIn(-1) }],
    ['not yet begun', { valid_from: dayIn(2), valid_until: dayIn(30) }],
  ])('is refused by a mandate that has %s: a clear problem, and nothing is stored', async (_name, days) => {
    const side = await signatoryOf();
    const composed = await compose(side, { detail: newDetail(statement), ...names });
    await world.asOwner('update representation set valid_from = $2, valid_until = $3 where subject_id = $1', [
      side.subject.id,
      days.valid_from,
      days.valid_until,
    ]);
    const before = await world.counts();
    expect(await codeOf(decide(side, composed))).toBe('representation-missing');
    expect(await codeOf(compose(side, { detail: newDetail(statement), ...names }))).toBe('representation-missing');
    expect(await world.counts()).toEqual(before);
  });

  it('does not answer by another mandate than the one the page named', async () => {
    const side = await signatoryOf(['bank-statement']);
    const composed = await compose(side, { detail: newDetail(statement), ...names });
    await administrator.call('POST', `/admin/representations/${await power(side)}/end`, role);
    const company = { kind: 'signatory', relation: 'agent', proof: { ...proof, kind: 'power-of-attorney' } };
    const limits = { validUntil: dayIn(300), subject: side.subject, actorId: side.actor.id };
    expect(await record({ ...company, ...limits })).toMatchObject({ status: 201 });
    const before = await world.counts();
    expect(await codeOf(decide(side, composed))).toBe('representation-missing');
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
