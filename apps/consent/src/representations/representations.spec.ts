import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, enrolSubject, issuePermit, powersToAct } from '@bayway/contracts';
import { bayDay } from '@bayway/domain';
import { acting, dayIn, proof, role, startActingWorld, type Side } from '../../test/acting.js';
import { newDetail, newPermitRequest } from '../../test/factories.js';
import { codeOf, officer, problemIn, type Resident, type World } from '../../test/world.js';
import { fourteenthBirthday, lastGuardedDay } from './representation.js';

let world: World;
const { administrator, guardianOf, signatoryOf, compose, decide } = acting(() => world);
beforeAll(async () => {
  world = await startActingWorld();
});
afterAll(() => world.stop());

/** Born so that the fourteenth birthday is in so many days. */
const turning14In = (days: number): string => `${Number(dayIn(days).slice(0, 4)) - 14}${dayIn(days).slice(4)}`;

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
    expect(await administrator().call('POST', `/admin/representations/${id}/end`, role)).toMatchObject({ status: 200 });
    await refused(() => decide(side, composed), 'representation-missing');
    expect(problemIn(await administrator().call('POST', `/admin/representations/${id}/end`, role))).toBe(
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
    await administrator().call('POST', `/admin/representations/${id}/end`, role);
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
    expect(await administrator().call('POST', path, role, body)).toMatchObject({ status: 201 });
    asked.unsubscribe();
    expect(await powers(actor)).toEqual({ powers: [{ kind: 'signatory', subject: organisation }] });
    const rows = await world.query('select to_jsonb(r) as row from representation r where subject_id = $1', [
      organisation,
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/99123456|A1234563|A Ltd/);
    expect(problemIn(await administrator().call('POST', path, officer('regulator'), body))).toBe('access-denied');
  });
});
