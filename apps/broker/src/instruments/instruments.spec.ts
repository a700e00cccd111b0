import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess, type AssessAnswer } from '@bayway/contracts';
import { decodeJwt } from 'jose';
import { newDetail } from '../../test/details.js';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { hongKong, mainland, type FileInput } from '../../test/participants.js';
import { codeOf, World, type Side } from '../../test/world.js';
import type { InstrumentsPage, RemindersPage } from './instrument-views.js';
import { remindersOf } from './reminder.js';
import { RemindersService } from './reminders.service.js';

type Entry = NonNullable<FileInput['instruments']>[number];

const entry = (over: Partial<Entry>): Entry => ({
  ...{ holder: 'pengwan-credit', importer: 'hk', recipient: 'tsing-wan-bank', kind: 'gba-sc-hk' },
  effectiveOn: '2026-01-05',
  scope: { datasets: ['credit-report'], purposes: ['credit-underwriting'] },
  ...over,
});

/** In 2026 the days are known whenever the test runs; what is reminded of lies ahead, so that the start says nothing. */
const onFile: Entry[] = [
  entry({ signedOn: '2026-01-02', filedOn: '2026-01-08', filedWith: 'guangdong-cac' }),
  entry({ recipient: 'late-bank', filedOn: '2026-02-20', filedWith: 'guangdong-cac' }),
  entry({ recipient: 'open-bank', effectiveOn: '2090-05-03', filedWith: 'hk-dpo' }),
  entry({ recipient: 'sure-bank', kind: 'certification', validUntil: '2090-05-10' }),
  entry({ recipient: 'last-bank', effectiveOn: '2091-05-02' }),
];

let world: World;
let cn: Side;
let officer: Officer;
beforeAll(async () => {
  world = await World.create();
  cn = await world.broker('cn', { ...mainland(), instruments: onFile });
  officer = new Officer(world, cn, 'cn');
}, 120_000);
afterAll(() => world.end());

const remind = (day: string) => cn.running.app.get(RemindersService).remind(new Date(`${day}T09:00:00+08:00`));
const reminders = async () =>
  (await officer.get<RemindersPage>('/instruments/reminders?limit=100')).body.items.map((item) => [
    ...[item.recipient, item.reason, item.dueOn, item.isOpen],
  ]);

describe('instruments on file', () => {
  it('say how they stand: signed, in effect, filed, assessed, valid', async () => {
    const { status, body } = await officer.get<InstrumentsPage>('/instruments');
    expect(status).toBe(200);
    expect(body.items.map(({ recipient, filing }) => [recipient, filing?.state, filing?.dueOn])).toEqual([
      ['last-bank', 'not-known', null],
      ['late-bank', 'late', '2026-01-19'],
      ['open-bank', 'open', '2090-05-18'],
      ['sure-bank', undefined, undefined],
      ['tsing-wan-bank', 'in-time', '2026-01-19'],
    ]);
    const assessed = { datasets: [{ dataset: 'credit-report', assessedOn: '2025-12-20' }] };
    expect(body.items[4]).toMatchObject({ signedOn: '2026-01-02', effectiveOn: '2026-01-05', ...assessed });
    expect(body.items[3]).toMatchObject({ validUntil: '2090-05-10', datasets: [{ assessedOn: null }] });
  });

  it('come in pages that miss nothing and repeat nothing', async () => {
    const found: string[] = [];
    for (let after = ''; ;) {
      const { items, next } = (await officer.get<InstrumentsPage>(`/instruments?limit=2${after && `&after=${after}`}`))
        .body;
      found.push(...items.map(({ recipient }) => recipient));
      if (next === null) break;
      after = next;
    }
    expect(found).toEqual(['last-bank', 'late-bank', 'open-bank', 'sure-bank', 'tsing-wan-bank']);
    expect((await officer.get<InstrumentsPage>('/instruments?holder=hangzhou-credit')).body.items).toEqual([]);
  });

  it('are refused with a cursor that is none', async () => {
    for (const path of ['/instruments', '/instruments/reminders']) {
      const answer = await officer.get(`${path}?after=${Buffer.from('["x"]').toString('base64url')}`);
      expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
    }
  });

  it.each(DENIED)('are refused to %s', async (_who, sent, status, code) => {
    for (const path of ['/instruments', '/instruments/reminders']) {
      const answer = await officer.get(path, sent);
      expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
    }
  });
});

describe('reminders', () => {
  it('come before the last day, once, whoever looks and however often, with evidence', async () => {
    expect(await reminders()).toEqual([]);
    // Not yet in effect, and then more than seven days to go.
    expect([await remind('2090-05-02'), await remind('2090-05-03'), await remind('2090-05-10')]).toEqual([0, 1, 0]);
    expect(await reminders()).toEqual([['sure-bank', 'validity-ends', '2090-05-10', true]]);
    const fresh = await Promise.all([remind('2090-05-11'), remind('2090-05-11')]);
    expect(fresh.sort()).toEqual([0, 1]);
    expect(await remind('2090-05-18')).toBe(0);
    expect(await remind('2090-05-19')).toBe(1);
    expect(await reminders()).toEqual([
      ['open-bank', 'filing-overdue', '2090-05-18', true],
      ['open-bank', 'filing-due', '2090-05-18', true],
      ['sure-bank', 'validity-ends', '2090-05-10', true],
    ]);
    const sql = "select record from evidence_record where type = 'instrument.reminded' order by recorded_at";
    const evidence: { record: { recipient: string; reason: string } }[] = await cn.db.query(sql);
    expect(evidence.map(({ record }) => [record.recipient, record.reason])).toEqual([
      ['sure-bank', 'validity-ends'],
      ['open-bank', 'filing-due'],
      ['open-bank', 'filing-overdue'],
    ]);
  });

  it('come at once where the last day hangs on working days that are not known', async () => {
    expect(await remind('2091-05-02')).toBe(1);
    expect((await reminders())[0]).toEqual(['last-bank', 'filing-due', null, true]);
  });

  it('come in pages, the latest first', async () => {
    const all = await reminders();
    const first = (await officer.get<RemindersPage>('/instruments/reminders?limit=1')).body;
    const rest = (await officer.get<RemindersPage>(`/instruments/reminders?after=${first.next}`)).body;
    expect([...first.items, ...rest.items].map(({ recipient }) => recipient)).toEqual(all.map(([who]) => who));
    expect(rest.next).toBeNull();
  });

  it('are done with when the contract was filed, or the certificate renewed; rows stay', async () => {
    const filed = onFile.map((each) => ({
      ...each,
      ...(each.recipient === 'open-bank' ? { filedOn: '2090-05-04' } : {}),
    }));
    await cn.restart({ ...mainland(), instruments: filed.filter(({ recipient }) => recipient !== 'sure-bank') });
    expect((await reminders()).map(([who, , , isOpen]) => [who, isOpen])).toEqual([
      ['last-bank', true],
      ['open-bank', false],
      ['open-bank', false],
      ['sure-bank', false],
    ]);
    await expect(cn.db.query('delete from instrument_reminder')).rejects.toThrow(/permission|append/i);
  });
});

describe('a request under a contract', () => {
  let hk: Side;
  beforeAll(async () => {
    hk = await world.broker('hk', hongKong());
  });
  const asked = async (over: Partial<Entry>): Promise<AssessAnswer> => {
    await cn.restart({ ...mainland(), instruments: [entry(over)] });
    return hk.bus.ask(assess, { detail: newDetail(world.trust) });
  };

  it('is decided, on both sides, over the working days of the side that files', async () => {
    const duties = async (filedOn: string): Promise<boolean[]> => {
      const { own, peer } = await asked({ effectiveOn: '2026-09-24', filedOn, filedWith: 'guangdong-cac' });
      return [own, peer ?? ''].map((jws) =>
        (decodeJwt(jws)['obligations'] as { code: string }[]).some(({ code }) => code === 'record-late-filing'),
      );
    };
    // Ten days from Monday to Friday would have ended on 8 October, within the National Day week.
    expect(await duties('2026-10-15')).toEqual([false, false]);
    expect(await duties('2026-10-16')).toEqual([true, true]);
  });

  it('is not decided by a guess where working days are not known; filed within ten days it is decided', async () => {
    expect(await codeOf(asked({ effectiveOn: '2022-05-02' }))).toBe('request-facts-missing');
    expect(await codeOf(asked({ effectiveOn: '2022-05-02', filedOn: '2022-05-12' }))).toBe('accepted');
  });
});

describe('what an instrument asks for', () => {
  const due = { state: 'open', dueOn: '2026-10-15', calendar: null } as const;
  const on = (today: string, over: object = {}, filing: Parameters<typeof remindersOf>[1] = due) =>
    remindersOf({ effectiveOn: '2026-09-24', validUntil: null, filedOn: null, ...over }, filing, {
      today,
      days: 7,
    }).map(({ reason }) => reason);

  it.each([
    ['2026-10-07', []],
    ['2026-10-08', ['filing-due']],
    ['2026-10-15', ['filing-due']],
    ['2026-10-16', ['filing-overdue']],
  ])('on %s: %j', (today, reasons) => expect(on(today)).toEqual(reasons));

  it('is nothing once it was filed, before it is in effect, or for a kind that is not filed', () => {
    expect(on('2026-10-16', { filedOn: '2026-10-20' })).toEqual([]);
    expect(on('2026-09-23', {}, { ...due, dueOn: null })).toEqual([]);
    expect(on('2026-10-16', {}, null)).toEqual([]);
  });

  it('is to be renewed before its last day', () => {
    const validUntil = '2026-10-31';
    expect([on('2026-10-23', { validUntil }, null), on('2026-10-24', { validUntil }, null)]).toEqual([
      [],
      ['validity-ends'],
    ]);
    expect(on('2026-11-01', { validUntil }, null)).toEqual([]);
  });
});
