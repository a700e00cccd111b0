import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { assess } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { newDetail } from '../../test/details.js';
import { HolderSide } from '../../test/holder-side.js';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { enrich, Partner } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { counted, World, type Side } from '../../test/world.js';
import { merged } from './merge-patch.js';
import type { SimulationView } from './simulation.js';

let world: World;
let hk: Side;
let cn: Side;
let officer: Officer;
let requestId: string;
beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  officer = new Officer(world, cn, 'cn');
  const holder = new HolderSide(world, cn);
  const bank = new Partner(world, hk);
  const routed = newDetail(world.trust);
  await hk.bus.ask(assess, { detail: routed });
  const detail = holder.agree(enrich(routed));
  const made = await bank.post(await bank.signedRequest(detail), { token: await bank.token(detail) });
  expect(made.body.state).toBe('ready');
  requestId = made.body.id;
}, 120_000);
afterAll(() => world.end());

const facts = (over: Record<string, unknown> = {}) => ({
  ...{ asOf: '2026-10-08', channel: 'transfer', purpose: { code: 'credit-underwriting' }, basis: { kind: 'consent' } },
  exporter: { place: 'CN-440300', kind: 'credit-agency', sector: 'credit-referencing', ciio: false },
  importer: { place: 'HK', kind: 'bank', sector: 'banking' },
  data: { items: [{ id: 'accounts', category: 'credit-report' }], importantData: 'not-declared' },
  consent: { given: true, separate: true, written: false },
  notice: { given: true, crossBorderItems: true },
  instrument: { kind: 'gba-sc-hk', effectiveOn: '2026-09-24' },
  impactAssessment: { doneOn: '2026-09-01' },
  counters: { general: 0, sensitive: 12 },
  ...over,
});
const simulate = (body: object) => officer.post<SimulationView>('/simulations', body);
const faults = async (body: object) => {
  const answer = await officer.post<{ errors?: { pointer: string }[] }>('/simulations', body);
  return [answer.status, answer.body.errors?.map(({ pointer }) => pointer)];
};

describe('POST /simulations', () => {
  it('answers the decision, why, and what would change it', async () => {
    const { status, body } = await simulate({ facts: facts() });
    expect([status, body.decision.outcome, body.decision.missing]).toEqual([200, 'hold', ['written-consent']]);
    const hold = body.explanation.reasons.find(({ effect }) => effect === 'hold');
    expect(hold?.citations.map(({ rule }) => rule)).toEqual(['CN.CRIR.18']);
    expect(body.outlook).toMatchObject({
      ...{ permits: true, left: [] },
      changes: [{ by: 'subject', set: [{ path: 'consent.written', to: true }], alone: 'permit' }],
    });
  });

  it('fills in the working days of the side that files, make-up days too; given ones stand', async () => {
    const due = ({ body }: { body: SimulationView }) => [
      body.calendar,
      body.decision.obligations.find(({ code }) => code === 'file-contract-by')?.due,
    ];
    expect(due(await simulate({ facts: facts() }))).toEqual(['filled', '2026-10-15']);
    expect(due(await simulate({ facts: facts({ calendar: {} }) }))).toEqual(['given', '2026-10-08']);
    expect(due(await simulate({ facts: facts({ instrument: undefined }) }))).toEqual(['not-needed', undefined]);
  });

  it('guesses no working days of a year that is not announced', async () => {
    const instrument = { kind: 'gba-sc-hk', effectiveOn: '2041-05-02' };
    const open = await simulate({ facts: facts({ asOf: '2041-05-06', instrument }) });
    expect([open.status, codeOfProblem(open), open.body['reasons']]).toEqual([
      ...[403, 'request-facts-missing', ['calendar.holidays']],
    ]);
    const filed = { ...instrument, filedOn: '2041-05-12' };
    const inTime = await simulate({ facts: facts({ asOf: '2041-06-06', instrument: filed }) });
    expect([inTime.status, inTime.body.calendar]).toEqual([200, 'not-needed']);
    expect(inTime.body.decision.obligations.map(({ code }) => code)).not.toContain('record-late-filing');
  });

  it.each(LANGUAGES)('says it in %s', async (language) => {
    const { body } = await simulate({ facts: facts(), language });
    const words = [body.explanation.outcome, ...body.explanation.reasons.map(({ sentence }) => sentence)].join(' ');
    expect(/[\u4e00-\u9fff]/.test(words)).toBe(language.startsWith('zh'));
    expect(words.length).toBeGreaterThan(60);
  });

  it('changes the facts of a real request, found by its id or by its assessment', async () => {
    const real = await simulate({ request: requestId });
    expect(real.body.decision.outcome).toBe('permit');
    const [{ id }] = (await cn.db.query("select id from assessment where stage = 'release'")) as [{ id: string }];
    expect((await simulate({ assessment: id })).body).toEqual(real.body);
    const withdrawn = { request: requestId, change: { consent: { withdrawnOn: '2026-01-01' } } };
    expect((await simulate(withdrawn)).body.decision.outcome).toBe('forbid');
    const unknown = { request: requestId, change: { consent: { written: null } } };
    expect((await simulate(unknown)).body.decision).toMatchObject({
      outcome: 'needs-info',
      unknown: ['consent.written'],
    });
    const many = { request: requestId, change: { counters: { sensitive: 10_000 } } };
    expect((await simulate(many)).body.decision.unsettled).toEqual(['gba-volume']);
  });

  it.each<[string, () => object, string]>([
    [
      'a fact that breaks the schema',
      () => ({ facts: facts({ importer: { place: 'hk' } }) }),
      '#/facts/importer/place',
    ],
    ['a group that the channel needs', () => ({ facts: facts({ purpose: undefined }) }), '#/facts/purpose'],
    ['an unknown member', () => ({ facts: facts({ importer: { place: 'HK', mood: 1 } }) }), '#/facts/importer'],
    ['a change that breaks them', () => ({ facts: facts(), change: { asOf: '2026-02-30' } }), '#/change/asOf'],
    [
      'a change of a real request that breaks them',
      () => ({ request: requestId, change: { data: 1 } }),
      '#/change/data',
    ],
    ['too many items', () => ({ facts: facts({ data: { items: many(101) } }) }), '#/facts/data/items'],
    [
      'too many items by a change',
      () => ({ facts: facts(), change: { data: { items: many(101) } } }),
      '#/change/data/items',
    ],
    ['nothing to decide', () => ({}), '#/'],
    ['two things to decide', () => ({ facts: facts(), request: requestId }), '#/'],
    ['an unknown language', () => ({ facts: facts(), language: 'la' }), '#/language'],
  ])('refuses %s and names the pointer', async (_name, body, pointer) => {
    expect(await faults(body())).toEqual([400, [pointer]]);
  });

  it('refuses a request that this broker does not know, and a body that is too large', async () => {
    expect(codeOfProblem(await simulate({ request: randomUUID() }))).toBe('assessment-not-found');
    expect(codeOfProblem(await simulate({ assessment: randomUUID() }))).toBe('assessment-not-found');
    expect(codeOfProblem(await simulate({ facts: facts({ data: { items: many(6_000) } }) }))).toBe('body-too-large');
  });

  it('stores nothing', async () => {
    const tables = [
      'assessment',
      'assessed_flow',
      'outbox',
      'evidence_record',
      'counter_reservation',
      'counted_person',
    ];
    const before = await counted(cn.db, ...tables);
    await simulate({ facts: facts() });
    await simulate({ request: requestId, change: { consent: { given: false } } });
    expect(await counted(cn.db, ...tables)).toEqual(before);
  });

  it.each(DENIED)('is refused to %s', async (_who, sent, status, code) => {
    const answer = await officer.post('/simulations', { facts: facts() }, sent);
    expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
  });
});

const many = (n: number) => Array.from({ length: n }, (_, i) => ({ id: `item-${i}-of-many`, category: 'education' }));

describe('a merge patch (RFC 7396)', () => {
  it.each<[unknown, unknown, unknown]>([
    [{ a: 'b' }, { a: 'c' }, { a: 'c' }],
    [{ a: 'b' }, { b: 'c' }, { a: 'b', b: 'c' }],
    [{ a: 'b' }, { a: null }, {}],
    [{ a: ['b'] }, { a: 'c' }, { a: 'c' }],
    [{ a: { b: 'c' } }, { a: { b: 'd', c: null } }, { a: { b: 'd' } }],
    [{ a: [{ b: 'c' }] }, { a: [1] }, { a: [1] }],
    [{ a: 'foo' }, null, null],
    [{ e: null }, { a: 1 }, { e: null, a: 1 }],
    [[1, 2], { a: 'b', c: null }, { a: 'b' }],
    [{}, { a: { bb: { ccc: null } } }, { a: { bb: {} } }],
  ])('of %j by %j gives %j', (target, patch, result) => expect(merged(target, patch)).toEqual(result));

  it('does not reach beyond the document', () => {
    merged({}, JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('/openapi.json', () => {
  it('shows the routes for officers and what they take', async () => {
    const answer = await fetch(new URL('/openapi.json', cn.running.url));
    const { paths } = (await answer.json()) as { paths: Record<string, Record<string, { requestBody?: object }>> };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(
        ['/simulations', '/assessments', '/assessments/{id}', '/assessments/{id}/replay'].concat([
          ...['/instruments', '/instruments/reminders'],
        ]),
      ),
    );
    expect(JSON.stringify(paths['/simulations']?.['post']?.requestBody)).toContain('importantData');
  });
});
