import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AdminConsentPage, ConsentExport, type BulkWithdrawalView } from '@bayway/contracts';
import { commitmentTo } from '@bayway/envelope';
import { Administrator } from '../../test/outside.js';
import { problemIn, World } from '../../test/world.js';
import { BulkWorker } from './bulk-worker.js';
import { RetentionService } from './retention.service.js';

let world: World;
let officer: Administrator;
let other: Administrator;
const ids: string[] = [];
beforeAll(async () => {
  world = await World.start();
  [officer, other] = [new Administrator(world), new Administrator(world)];
  const { consentId } = await world.resident().consent();
  ids.push(consentId);
  for (let n = 0; n < 24; n += 1) ids.push((await world.copyOf(consentId)).consentId);
});
afterAll(() => world.stop());

const search = async (query = '') =>
  AdminConsentPage.parse((await officer.call('GET', `/admin/consents?${query}`)).body);
const found = async (query: string) => (await search(query)).items.map(({ id }) => id).sort();
const set = (sql: string, parameters: unknown[] = []) => world.asOwner(sql, parameters);

describe('search', () => {
  it('gives every consent once, page by page, with the exact total', async () => {
    const seen: string[] = [];
    let after = '';
    do {
      const page = await search(`limit=7${after}`);
      expect([page.total, page.exact]).toEqual([25, true]);
      seen.push(...page.items.map(({ id }) => id));
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after);
    expect([...seen].sort()).toEqual([...ids].sort());
    expect((await officer.call('GET', '/admin/consents/total')).body).toEqual({ total: 25 });
  });

  it('finds by every filter exactly what has it', async () => {
    const [one, two] = [ids[3] as string, ids[4] as string];
    const subject = randomUUID();
    await set('update consent set subject_id = $2 where id = $1', [one, subject]);
    const detail = {
      dataset: 'degree-certificate',
      importer: 'mo',
      purpose: { code: 'school-admission' },
      valid_until: '2027-01-31',
    };
    await set(
      `update consent set detail = detail || $2, holder = 'kowloon-school', recipient = 'a-clinic', uses = 1,
         expires_at = '2027-01-31T16:00:00Z', decided_at = '2026-03-05T15:59:59.999Z' where id = $1`,
      [one, JSON.stringify(detail)],
    );
    await set("update ask set notice_id = 'a-notice' where id = (select ask_id from consent where id = $1)", [one]);
    await officer.call('POST', `/admin/consents/${two}/withdrawal`, {
      reference: 'F-1',
      reason: 'a letter in the file',
      receivedOn: '2026-11-20',
    });
    await set("update acknowledgement set silent_since = now() where consent_id = $1 and by = 'holder'", [two]);
    for (const query of [
      `subject=${subject}`,
      'dataset=degree-certificate',
      'importer=mo',
      'purpose=school-admission',
      'holder=kowloon-school',
      'recipient=a-clinic',
      'used=true',
      'notice=a-notice',
      'decidedTo=2026-03-05',
      'decidedFrom=2026-03-05&decidedTo=2026-03-05',
      'validTo=2027-01-31',
      'validFrom=2027-01-31&validTo=2027-01-31',
      'dataset=degree-certificate&state=given,withdrawn',
    ])
      expect([query, await found(query)]).toEqual([query, [one]]);
    for (const query of [
      'state=withdrawn',
      'channel=writing',
      'silent=true',
      'state=withdrawn,refused&recipient=tsing-wan-bank',
    ])
      expect([query, await found(query)]).toEqual([query, [two]]);
    for (const query of [
      'decidedTo=2026-03-04',
      'validTo=2027-01-30',
      'channel=partner',
      'subjectKind=organisation',
      'dataset=degree-certificate&holder=pengwan-credit',
    ])
      expect([query, await found(query)]).toEqual([query, []]);
    expect((await search('silent=false')).total).toBe(24);
  });

  it('counts exactly to ten thousand, says when there are more, and the exact number on demand', async () => {
    const columns = await world.columnsOf('consent');
    const copies = `with template as (select c, a from consent c join ask a on a.id = c.ask_id where c.id = $1),
      numbers as materialized (select gen_random_uuid() as id, gen_random_uuid() as ask, n from generate_series(1, 10001) n),
      asks as (insert into ask select (jsonb_populate_record(a, jsonb_build_object('id', ask, 'flow_id', gen_random_uuid(),
        'digest', lpad(n::text, 43, 'x')))).* from template, numbers returning 1)
      insert into consent (${columns}) select ${columns} from (select (jsonb_populate_record(c, jsonb_build_object('id', numbers.id, 'ask_id', ask,
        'flow_id', gen_random_uuid(), 'subject_handle', lpad(n::text, 43, 'y'), 'holder', 'many'))).*
        from template, numbers, (select count(*) from asks) done) copied`;
    await set(copies, [ids[0]]);
    expect(await search('holder=many&limit=1')).toMatchObject({ total: 10_000, exact: false });
    expect((await officer.call('GET', '/admin/consents/total?holder=many')).body).toEqual({ total: 10_001 });
    expect(await search('holder=pengwan-credit&limit=1')).toMatchObject({ total: 24, exact: true });
  }, 240_000);

  it.each(['state=open', 'limit=101', 'after=abc', 'name=Chan', "holder=x'%20or%201=1", 'decidedFrom=yesterday'])(
    'deny: %s',
    async (query) => {
      const answer = await officer.call('GET', `/admin/consents?${query}`);
      expect([answer.status, problemIn(answer)]).toEqual([400, 'request-invalid']);
    },
  );
});

describe('a bulk withdrawal', () => {
  const body = (holder: string) => ({
    filter: { holder, state: ['given'] },
    reason: 'the holder has lost its licence',
    reference: 'REG/2026-9',
  });
  const propose = async (holder: string) =>
    (await officer.call('POST', '/admin/bulk-withdrawals', body(holder))).body as unknown as BulkWithdrawalView;
  const approve = (by: Administrator, { id, setDigest }: BulkWithdrawalView) =>
    by.call('POST', `/admin/bulk-withdrawals/${id}/approval`, { setDigest });
  const view = async (id: string) =>
    (await officer.call('GET', `/admin/bulk-withdrawals/${id}`)).body as unknown as BulkWithdrawalView;
  const work = async () => {
    const worker = world.service.app.get(BulkWorker);
    while ((await worker.work()) > 0);
  };
  /** Consents of a holder of their own. */
  const some = async (holder: string, count: number) => {
    const made: string[] = [];
    for (let n = 0; n < count; n += 1) made.push((await world.copyOf(ids[0] as string)).consentId);
    await set('update consent set holder = $2 where id = any($1)', [made, holder]);
    return made;
  };

  it('is a dry run first: exact total, ten samples, nothing withdrawn', async () => {
    const made = await some('holder-a', 14);
    const bulk = await propose('holder-a');
    expect([bulk.state, bulk.total, bulk.samples.length, bulk.withdrawn]).toEqual(['proposed', 14, 10, 0]);
    expect(new Set(bulk.samples.map(({ id }) => id)).size).toBe(10);
    await work();
    const states = await world.query('select distinct state from consent where id = any($1)', [made]);
    expect(states).toEqual([{ state: 'given' }]);
  });

  it('deny: approved by whoever proposed it, or for another set', async () => {
    await some('holder-b', 2);
    const bulk = await propose('holder-b');
    const own = await approve(officer, bulk);
    expect([own.status, problemIn(own)]).toEqual([403, 'second-person-needed']);
    const wrong = await approve(other, { ...bulk, setDigest: 'x'.repeat(43) });
    expect([wrong.status, problemIn(wrong)]).toEqual([400, 'request-invalid']);
    await expect(
      set("update bulk_withdrawal set state = 'running', decided_by = proposed_by where id = $1", [bulk.id]),
    ).rejects.toThrow('check');
  });

  it('withdraws the frozen set and nothing that came later, names what it passed over, and tells everybody', async () => {
    const made = await some('holder-c', 5);
    const bulk = await propose('holder-c');
    const [late] = await some('holder-c', 1);
    await officer.call('POST', `/admin/consents/${made[0]}/withdrawal`, {
      reference: 'F-2',
      reason: 'a letter in the file',
      receivedOn: '2026-11-20',
    });
    expect((await approve(other, bulk)).body).toMatchObject({
      state: expect.stringMatching('running|done'),
      decidedBy: other.id,
    });
    expect(problemIn(await approve(other, bulk))).toBe('bulk-withdrawal-decided');
    await work();
    expect(await view(bulk.id)).toMatchObject({ state: 'done', withdrawn: 4, passedOver: 1 });
    const states = await world.query<{ id: string; state: string }>(
      'select id, state from consent where id = any($1)',
      [[...made, late]],
    );
    expect(states.filter(({ state }) => state === 'given').map(({ id }) => id)).toEqual([late]);
    const told = await world.query("select 1 from outbox where subject = 'consent.ended.v1' and aggregate = any($1)", [
      made,
    ]);
    expect(told).toHaveLength(15);
    const ways = await world.query('select by, reason from withdrawal where channel = $1 and consent_id = any($2)', [
      'bulk',
      made,
    ]);
    expect(ways).toEqual(Array(4).fill({ by: other.id, reason: 'the holder has lost its licence' }));
    const types = await world.query<{ type: string }>(
      "select type from evidence_record where record->>'bulkId' = $1 order by recorded_at",
      [bulk.id],
    );
    expect(types.map(({ type }) => type)).toEqual(['bulk.proposed', 'bulk.approved', 'bulk.ended']);
  });

  it('stops between two consents when cancelled; a cancelled one cannot be approved', async () => {
    await some('holder-d', 3);
    const bulk = await propose('holder-d');
    const cancelled = await officer.call('POST', `/admin/bulk-withdrawals/${bulk.id}/cancellation`);
    expect(cancelled.body).toMatchObject({ state: 'cancelled', withdrawn: 0 });
    expect(problemIn(await approve(other, bulk))).toBe('bulk-withdrawal-decided');
    expect(problemIn(await officer.call('POST', `/admin/bulk-withdrawals/${bulk.id}/cancellation`))).toBe(
      'bulk-withdrawal-decided',
    );
    await work();
    expect((await search('holder=holder-d&state=given')).total).toBe(3);
  });

  it('deny: an empty set, and one that does not exist', async () => {
    const none = await officer.call('POST', '/admin/bulk-withdrawals', body('nobody'));
    expect([none.status, problemIn(none)]).toEqual([400, 'request-invalid']);
    const unknown = await officer.call('GET', `/admin/bulk-withdrawals/${randomUUID()}`);
    expect([unknown.status, problemIn(unknown)]).toEqual([404, 'bulk-withdrawal-not-found']);
  });
});

describe('an export for a regulator', () => {
  it('holds each consent with its commitments, which fit the records, and leaves evidence', async () => {
    const regulator = new Administrator(world, ['regulator']);
    const { subject } = await world.row<{ subject: string }>(
      'select subject_id as subject from consent where id = $1',
      [ids[0]],
    );
    const query = `subject=${subject}&holder=pengwan-credit&limit=1`;
    const made = ConsentExport.parse((await regulator.call('GET', `/admin/exports/consents.json?${query}`)).body);
    expect([made.items.length, made.jurisdiction, made.next !== null]).toEqual([1, 'cn', true]);
    const { evidence, id } = made.items[0] as ConsentExport['items'][number];
    for (const { commitment } of evidence) {
      const row = await world.row<{ salt: string; record: Record<string, unknown> }>(
        'select salt, record from evidence_record where commitment = $1',
        [commitment],
      );
      expect([commitmentTo(row.salt, row.record as never), row.record['consentId']]).toEqual([commitment, id]);
    }
    const csv = await regulator.call('GET', `/admin/exports/consents.csv?${query}`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    expect(csv.headers.get('next')).toBe(made.next);
    const lines = csv.text.split('\r\n');
    expect([lines.length, lines[0]?.split(',').length, lines[1]?.startsWith(id)]).toEqual([3, 19, true]);
    const left = await world.query<{ record: object }>("select record from evidence_record where type = 'export.made'");
    expect(left).toMatchObject([{ record: { by: regulator.id, count: 1 } }, { record: { by: regulator.id } }]);
  });
});

describe('retention', () => {
  it('destroys the salts seven years after the end, not a day earlier, and once', async () => {
    const her = world.resident();
    const [old, young] = [await her.consent(), await her.consent()];
    for (const { consentId } of [old, young]) await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    await set("update consent set ended_at = now() - interval '7 years' - interval '1 minute' where id = $1", [
      old.consentId,
    ]);
    await set("update consent set ended_at = now() - interval '7 years' + interval '1 day' where id = $1", [
      young.consentId,
    ]);
    const salts = async (id: string) =>
      (
        await world.row<{ n: number }>(
          "select count(salt)::int as n from evidence_record where record->>'consentId' = $1",
          [id],
        )
      ).n;
    const before = await salts(young.consentId);
    const retention = world.service.app.get(RetentionService);
    expect(await retention.work()).toBe(1);
    expect(await retention.work()).toBe(0);
    expect([await salts(old.consentId), await salts(young.consentId)]).toEqual([0, before]);
    const composed = `select salt is not null as open from evidence_record
      where record->>'askId' = (select ask_id::text from consent where id = $1) and type = 'ask.composed'`;
    expect(await world.query(composed, [old.consentId])).toEqual([{ open: false }]);
    expect(await world.query(composed, [young.consentId])).toEqual([{ open: true }]);
    const attested = "select record, salt from evidence_record where type = 'salts.destroyed'";
    expect(await world.row(attested)).toMatchObject({
      record: { ended: old.consentId, asks: [expect.any(String)] },
      salt: expect.any(String),
    });
    const detail = await officer.call('GET', `/admin/consents/${old.consentId}`);
    expect((detail.body['evidence'] as unknown as { open: boolean }[]).every(({ open }) => !open)).toBe(true);
  });

  it('deny: the service’s own role destroys no salt otherwise, nor asks for fewer years', async () => {
    const { consentId } = await world.resident().consent();
    await expect(world.query('update evidence_record set salt = null')).rejects.toThrow('permission denied');
    await expect(world.query('select destroy_salts($1, 7)', [consentId])).rejects.toThrow('are kept');
    await expect(world.query('select destroy_salts($1, 1)', [consentId])).rejects.toThrow('are kept');
  });
});
