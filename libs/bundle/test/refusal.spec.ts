import { describe, expect, it } from '@jest/globals';
import { newRefusal } from '@bayway/testing';
import { verifyBundle, type Pins, type RefusalBundle } from '../src/index.js';
import { rootsFile, run, verdictsOf } from './both-verifiers.js';
import { writeFile } from 'node:fs/promises';

type How = Parameters<typeof newRefusal>[0];
type Over = NonNullable<Parameters<typeof newRefusal>[1]>;
const FORBIDS = { exporterAssessment: { outcome: 'forbid', proceeds: false } };
const OUT_OF_TIME = { by: 'importer', outcome: 'failed', problem: 'data-request-expired' } as const;
const TAKEN_BACK = { by: 'importer', outcome: 'cancelled', problem: 'data-request-cancelled' } as const;
const byRule: How = { how: { problem: 'request-not-lawful', rule: 'CN.PIPL.39' } };

/** The one verdict of both verifiers. */
async function verdictOf(bytes: Uint8Array, pins: Pins): Promise<string> {
  const [[ours, theirs] = ['', '']] = await verdictsOf([bytes], pins);
  expect(theirs).toBe(ours);
  return ours;
}

describe('the bundle of a refusal', () => {
  it.each<[string, How, Over]>([
    ['by the exporter’s rules', byRule, FORBIDS],
    ['by the exporter, whose rules permitted it: the consent had ended', {}, {}],
    [
      'by the exporter before it decided',
      { how: { outcome: 'failed', problem: 'signature-invalid', isAssessed: false } },
      {},
    ],
    [
      'by the importer’s rules, so that the other side never saw it',
      { how: { by: 'importer', problem: 'request-not-lawful', rule: 'HK.PDPO.33' } },
      { importerAssessment: { outcome: 'forbid', proceeds: false } },
    ],
    ['inside one jurisdiction', { ...byRule, exporter: 'hk' }, FORBIDS],
    ['in busy logs, witnessed by all', { third: true, others: 300 }, {}],
    ['out of time, as the exporter said', { how: { outcome: 'failed', problem: 'data-request-expired' } }, {}],
    ['out of time at the importer, before it got anywhere', { how: OUT_OF_TIME }, {}],
    ['out of time at the importer, of which the exporter knows', { how: { ...OUT_OF_TIME, isAbroad: true } }, {}],
    ['taken back before it got anywhere', { how: TAKEN_BACK }, {}],
    ['taken back, of which the exporter knows', { how: { ...TAKEN_BACK, isAbroad: true } }, {}],
    [
      'taken back before the exporter had decided',
      { how: { ...TAKEN_BACK, isAbroad: true, isAssessed: false }, others: 40 },
      {},
    ],
    ['taken back inside one jurisdiction', { exporter: 'hk', how: { ...TAKEN_BACK, isAbroad: true } }, {}],
    ['cut off by a withdrawal', { how: { by: 'importer', isAbroad: true, problem: 'consent-withdrawn' } }, {}],
  ])('verifies: %s', async (_name, how, over) => {
    const { world, bytes } = await newRefusal(how, over);
    expect(await verdictOf(bytes, world.pins)).toBe('valid');
  });

  it('says what it shows', async () => {
    const { world, parts, bytes } = await newRefusal(byRule, FORBIDS);
    const { dataRequestId } = parts.refusal;
    const verdict = await verifyBundle(bytes, world.pins);
    expect(verdict).toMatchObject({
      ok: true,
      summary: {
        ...{ about: 'refusal', dataRequestId, importer: 'hk', exporter: 'cn', recipient: 'bank', holder: 'agency' },
        ...{ by: 'cn', outcome: 'refused', problem: 'request-not-lawful', rule: 'CN.PIPL.39' },
        assessments: { importer: { outcome: 'permit' }, exporter: { outcome: 'forbid', because: ['CN.PIPL.1'] } },
      },
    });
    const [roots, file] = [await rootsFile(world.pins), `${await rootsFile(world.pins)}.bundle`];
    await writeFile(file, bytes);
    expect(await run(['--roots', roots, file])).toEqual({
      code: 0,
      out: `valid: credit-report of cn/agency to hk/bank, ${dataRequestId}: refused by cn (request-not-lawful, CN.PIPL.39)\n`,
    });
  });

  it.each<[string, How, Over, string]>([
    ['a rule that nobody decided by', byRule, {}, '16 /refusal'],
    [
      'a rule of a side that did not decide',
      { how: { problem: 'signature-invalid', rule: 'CN.PIPL.39', isAssessed: false } },
      {},
      '16 /refusal',
    ],
    [
      'a request sent on that was not permitted',
      {},
      { importerAssessment: { outcome: 'hold' } },
      '16 /objects/importerAssessment',
    ],
    ['an assessment of the ask', {}, { exporterAssessment: { stage: 'ask' } }, '16 /objects/exporterAssessment'],
    ['a key entered afterwards', { late: 'hk/broker' }, {}, '19 /keys/hk/2'],
    [
      'one that went out without a permission, and was taken back',
      { how: { ...TAKEN_BACK, isAbroad: true } },
      { importerAssessment: { outcome: 'hold' } },
      '16 /objects/importerAssessment',
    ],
    [
      'one taken back by a rule',
      { how: { ...TAKEN_BACK, isAbroad: true, rule: 'HK.PDPO.33' } },
      { exporterAssessment: { outcome: 'hold' } },
      '16 /refusal',
    ],
    ['one taken back by the exporter', { how: { outcome: 'cancelled', problem: 'data-request-cancelled' } }, {}, '4 '],
  ])('is refused: %s', async (_name, how, over, expected) => {
    const { world, bytes } = await newRefusal(how, over);
    expect(await verdictOf(bytes, world.pins)).toBe(expected);
  });

  it.each<[string, (bundle: RefusalBundle) => void, string]>([
    ['another problem', ({ refusal }) => (refusal.problem = 'consent-expired'), '18 /entries/ended'],
    ['another end', ({ refusal }) => (refusal.outcome = 'failed'), '18 /entries/ended'],
    ['a rule added', ({ refusal }) => (refusal.rule = 'CN.PIPL.39'), '16 /refusal'],
    [
      'another data request',
      ({ refusal: r }) => (r.dataRequestId = r.dataRequestId.replace(/^./, (c) => (c === '0' ? '1' : '0'))),
      '18 /entries/requestMade',
    ],
    ['said to be of the importer', ({ refusal }) => (refusal.by = 'importer'), '18 /entries/ended'],
    ['its arrival left out', ({ entries }) => delete entries.requestArrived, '4 '],
    [
      'the assessment left out',
      ({ objects, entries }) => (delete objects.exporterAssessment, delete entries.exporterAssessed),
      '18 /entries/endKnown',
    ],
    ['the other side left out', ({ checkpoints }) => delete checkpoints.hk, '10 /keys/hk/2'],
    [
      'said to be taken back',
      ({ refusal }) => Object.assign(refusal, { by: 'importer', outcome: 'cancelled' }),
      '18 /entries/ended',
    ],
    ['its ends exchanged', ({ entries: e }) => ([e.ended, e.endKnown] = [e.endKnown!, e.ended]), '18 /entries/ended'],
    ['named an exchange', (bundle) => Object.assign(bundle, { format: 'urn:bayway:evidence-bundle:1' }), '4 '],
  ])('is refused when altered: %s', async (_name, change, expected) => {
    const { world, bytes } = await newRefusal();
    const bundle = JSON.parse(Buffer.from(bytes).toString()) as RefusalBundle;
    change(bundle);
    expect(await verdictOf(Buffer.from(sorted(bundle)), world.pins)).toBe(expected);
  });
});

describe('the bundle of a request that was taken back', () => {
  const newCancelled = () => newRefusal({ how: { ...TAKEN_BACK, isAbroad: true } });

  it('says who took it back', async () => {
    const { world, bytes } = await newCancelled();
    expect(await verifyBundle(bytes, world.pins)).toMatchObject({
      ok: true,
      summary: { about: 'refusal', by: 'hk', outcome: 'cancelled', problem: 'data-request-cancelled', rule: null },
    });
  });

  it.each<[string, (bundle: RefusalBundle) => void, string]>([
    ['that the other side knows, left out', ({ entries }) => delete entries.endKnown, '4 '],
    ['its arrival left out', ({ entries }) => delete entries.requestArrived, '4 '],
    [
      'the other side left out, but not its keys',
      ({ objects, entries, checkpoints }) => {
        delete objects.exporterAssessment;
        for (const name of ['requestArrived', 'exporterAssessed', 'endKnown'] as const) delete entries[name];
        delete checkpoints.cn;
      },
      '10 /keys/cn/2',
    ],
    ['said to have expired', ({ refusal }) => (refusal.problem = 'data-request-expired'), '18 /entries/ended'],
    ['said to have failed', ({ refusal }) => (refusal.outcome = 'failed'), '18 /entries/ended'],
  ])('is refused when altered: %s', async (_name, change, expected) => {
    const { world, bytes } = await newCancelled();
    const bundle = JSON.parse(Buffer.from(bytes).toString()) as RefusalBundle;
    change(bundle);
    expect(await verdictOf(Buffer.from(sorted(bundle)), world.pins)).toBe(expected);
  });
});

/** Canonical again: an added member stands where it belongs. */
const sorted = (bundle: RefusalBundle): string =>
  JSON.stringify({
    ...bundle,
    refusal: Object.fromEntries(Object.entries(bundle.refusal).sort(([a], [b]) => (a < b ? -1 : 1))),
  });
