import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { acting, dayIn, proof, role, startActingWorld, type Side } from '../../test/acting.js';
import { newDetail } from '../../test/factories.js';
import { codeOf, problemIn, type Resident, type World } from '../../test/world.js';

let world: World;
const { administrator, record, signatoryOf, compose, decide } = acting(() => world);
beforeAll(async () => {
  world = await startActingWorld();
});
afterAll(() => world.stop());

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
    await administrator().call('POST', `/admin/representations/${await power(side)}/end`, role);
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
    await administrator().call('POST', `/admin/representations/${await power(side)}/end`, role);
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
