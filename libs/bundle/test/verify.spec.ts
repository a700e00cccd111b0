import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { newKey } from '@bayway/envelope';
import { assembleBundle, Bundle, type Summary, verifyBundle } from '../src/index.js';
import { rootsFile, run, verdictsOf } from './both-verifiers.js';
import { claimsOf, evidenceOf, type ExchangeSetting, newBundle } from '@bayway/testing';

const VECTORS = fileURLToPath(new URL('../../transparency/test/c2sp-vectors.json', import.meta.url));
type Over = NonNullable<Parameters<typeof newBundle>[1]>;

/** The one verdict of both verifiers. */
async function verdictOf(bytes: Uint8Array, pins: Parameters<typeof verdictsOf>[1]): Promise<string> {
  const [[ours, theirs] = ['', '']] = await verdictsOf([bytes], pins);
  expect(theirs).toBe(ours);
  return ours;
}

/** The bundle with its value changed, written canonically again. */
function changed(bytes: Uint8Array, change: (bundle: Bundle) => void): Uint8Array {
  const bundle = JSON.parse(Buffer.from(bytes).toString()) as Bundle;
  change(bundle);
  return Buffer.from(JSON.stringify(bundle));
}

describe('tools/verify.py', () => {
  it('passes the C2SP vectors first', async () => {
    const { code, out } = await run(['--vectors', VECTORS]);
    expect([code, out]).toEqual([0, '33 vectors hold\n']);
  });

  it('refuses a vector that was altered', async () => {
    const file = `${await rootsFile({} as never)}.vectors`;
    await writeFile(
      file,
      (await readFile(VECTORS, 'utf8')).replace('"timestamp": 1700000000', '"timestamp": 1700000001'),
    );
    expect(await run(['--vectors', file])).toEqual({
      code: 1,
      out: 'verify.py: vector `cosignature time` does not hold\n',
    });
  });

  it('says the same as we do about one file', async () => {
    const { world, bytes } = await newBundle();
    const [roots, file] = [await rootsFile(world.pins), `${await rootsFile(world.pins)}.bundle`];
    await writeFile(file, bytes);
    expect((await run(['--roots', roots, file])).out).toMatch(/^valid: credit-report of cn\/agency to hk\/bank, /);
    await writeFile(file, bytes.subarray(1));
    expect(await run(['--roots', roots, file])).toEqual({
      code: 1,
      out: 'check 3 (canonical) at ``: not canonical JSON\n',
    });
  });
});

describe('a bundle that verifies', () => {
  it.each<[string, Partial<ExchangeSetting>]>([
    ['across the border', {}],
    ['inside one jurisdiction', { exporter: 'hk' }],
    ['in busy logs, witnessed by all, with a key that has ended since', { third: true, others: 300, rotated: true }],
    ['with four acts and long assessments', { importer: 'mo', acts: ['a', 'b', 'c', 'd'], rules: 100 }],
  ])('is of an exchange %s', async (_name, setting) => {
    const { world, bytes } = await newBundle(setting);
    expect(await verdictOf(bytes, world.pins)).toBe('valid');
    expect(bytes.length).toBeLessThan(200_000);
  });

  it('is of an exchange under a renewed consent', async () => {
    const { world, bytes } = await newBundle({}, { consentReceipt: { state: 'renewed' } });
    expect(await verdictOf(bytes, world.pins)).toBe('valid');
  });

  it('says what it shows', async () => {
    const { world, parts, bytes } = await newBundle({ third: true });
    const verdict = await verifyBundle(bytes, world.pins);
    const { dataRequestId, recordDigest } = claimsOf(parts.objects.release) as {
      dataRequestId: string;
      recordDigest: string;
    };
    const summary: Partial<Summary> = {
      ...{ dataRequestId, recordDigest, importer: 'hk', exporter: 'cn', recipient: 'bank', holder: 'agency' },
      ...{ dataset: 'credit-report', items: ['defaults'], purpose: 'credit-underwriting', acts: ['overseas'] },
    };
    expect(verdict).toMatchObject({ ok: true, summary });
    expect(
      verdict.ok && verdict.summary.logs.map(({ side, witnesses }) => [side, witnesses.map(({ by }) => by)]),
    ).toEqual([
      ['cn', ['hk', 'mo']],
      ['hk', ['cn', 'mo']],
    ]);
  });
});

const long = (digit: string) => digit.repeat(43);
const hour = 3_600_000;
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('a bundle signed by the right hands that does not hold together', () => {
  it.each<[string, Over, string]>([
    ['request for another broker', { request: { aud: 'urn:bayway:mo:broker' } }, 'record-missing'],
    ['request signed before its key was valid', { request: { iat: 1_000_000_000 } }, '15 /objects/request'],
    ['request without purpose', { request: { purpose: undefined } }, 'parts-invalid'],
    ['importer that forbids', { importerAssessment: { outcome: 'forbid' } }, '16 /objects/importerAssessment'],
    [
      'exporter that does not let it go on',
      { exporterAssessment: { proceeds: false } },
      '16 /objects/exporterAssessment',
    ],
    ['assessment of the ask', { exporterAssessment: { stage: 'ask' } }, '16 /objects/exporterAssessment'],
    [
      'assessment of another request',
      { importerAssessment: { requestDigest: long('A') } },
      '16 /objects/importerAssessment',
    ],
    ['consent that is pending', { consentReceipt: { state: 'pending' } }, '16 /objects/consentReceipt'],
    [
      'consent of another subject',
      { consentReceipt: { subject: { handle: long('A') } } },
      '16 /objects/consentReceipt',
    ],
    ['consent for another recipient', { consentReceipt: { recipient: { id: 'shop' } } }, '16 /objects/consentReceipt'],
    ['consent for less', { request: { items: ['defaults', 'enquiries'] } }, '16 /objects/consentReceipt'],
    ['consent without its acts', { consentReceipt: { acts: [] } }, '16 /objects/consentReceipt'],
    ['act that refuses', { acts: { answer: 'refuse' } }, '16 /objects/acts/0'],
    ['act of another subject', { acts: { subject: { handle: long('A') } } }, '16 /objects/acts/0'],
    ['act about another page', { acts: { shownDigest: long('A') } }, '16 /objects/acts/0'],
    ['permit under another consent', { permit: { consentId: 'other' } }, '16 /objects/permit'],
    ['permit for an hour', { permit: { exp: Math.floor(Date.now() / 1000) + 3_600 } }, '16 /objects/permit'],
    ['permit before the consent', { permit: { iat: 1_800_000_000, exp: 1_800_000_010 } }, '15 /objects/permit'],
    ['release under another permit', { release: { permitDigest: long('A') } }, '16 /objects/release'],
    [
      'release long after the permit',
      { release: { iat: Math.floor(Date.now() / 1000) + 3_600 } },
      '16 /objects/release',
    ],
    ['receipt for another record', { deliveryReceipt: { recordDigest: long('A') } }, '16 /objects/deliveryReceipt'],
    ['receipt by somebody else', { deliveryReceipt: { iss: 'shop' } }, '16 /objects/deliveryReceipt'],
  ])('is refused: %s', async (_name, over, expected) => {
    if (/^[a-z]/.test(expected)) return expect(newBundle({}, over)).rejects.toThrow(expected);
    const lines = { 'cn/consent sig': { to: '2026-12-31T00:00:00.000Z' } };
    const { world, bytes } = await newBundle({ lines }, over);
    expect(await verdictOf(bytes, world.pins)).toBe(expected);
  });

  it.each<[string, Partial<ExchangeSetting>, string]>([
    [
      'key that was revoked before',
      { lines: { 'cn/broker sig': { revokedAt: iso(-hour / 2) } } },
      '15 /objects/exporterAssessment',
    ],
    ['key that had ended', { lines: { 'hk/broker sig': { to: iso(-hour / 2) } } }, '15 /objects/importerAssessment'],
    ['key that was not valid yet', { lines: { 'cn/identity sig': { from: iso(hour) } } }, '15 /objects/acts/0'],
    [
      'witness key that was revoked',
      { lines: { 'hk/evidence witness': { revokedAt: iso(-hour) } } },
      '9 /checkpoints/cn/cosignatures/0',
    ],
    ['log key that was revoked', { lines: { 'hk/evidence log': { revokedAt: iso(-hour) } } }, '8 /checkpoints/hk'],
    ['key that was entered afterwards', { late: 'hk/broker' }, '19 /keys/hk/2'],
  ])('is refused: %s', async (_name, setting, expected) => {
    const { world, bytes } = await newBundle(setting);
    expect(await verdictOf(bytes, world.pins)).toBe(expected);
  });

  it.each<[string, (bundle: Bundle) => void, string]>([
    ['nobody witnessed it', ({ checkpoints }) => (checkpoints.cn!.cosignatures = []), '17 /checkpoints/cn'],
    ['a log is missing', ({ checkpoints }) => delete checkpoints.hk, '10 /keys/hk/2'],
    ['a line is missing', ({ keys }) => keys.cn!.splice(2, 1), '12 /objects/exporterAssessment'],
    ['a line is there twice', ({ keys }) => keys.cn!.push(keys.cn!.at(-1)!), '7 /keys/cn/6'],
    ['a directory is another’s', ({ keys }) => (keys.cn = keys.hk), '5 /keys/cn/0'],
    ['a witness is taken away', ({ checkpoints }) => checkpoints.cn!.cosignatures.pop(), '17 /checkpoints/cn'],
    ['objects are exchanged', ({ objects }) => (objects.permit = objects.consentReceipt), '11 /objects/permit'],
    [
      'assessments are exchanged',
      ({ objects: o }) => (o.importerAssessment = o.exporterAssessment),
      '15 /objects/importerAssessment',
    ],
    [
      'a receipt arrived that was another entry',
      ({ entries: e }) => (e.receiptArrived = e.deliveryReceipted),
      '18 /entries/receiptArrived',
    ],
    ['another member is there', (bundle) => Object.assign(bundle, { zz: 1 }), '4 '],
    ['a member is missing', ({ entries }) => delete (entries as Partial<Bundle['entries']>).releaseKnown, '4 '],
    ['it is not canonical', (bundle) => Object.assign(bundle, { a: 1 }), '3 '],
  ])('is refused: %s', async (_name, change, expected) => {
    const { world, bytes } = await newBundle();
    expect(await verdictOf(changed(bytes, change), world.pins)).toBe(expected);
  });

  it('is refused: a third witness is taken away whose key is there', async () => {
    const { world, bytes } = await newBundle({ third: true });
    const less = changed(bytes, ({ checkpoints }) => {
      for (const checkpoint of Object.values(checkpoints)) checkpoint.cosignatures.pop();
    });
    expect(await verdictOf(less, world.pins)).toBe('20 /keys/mo/0');
  });

  it('is refused: another root is pinned', async () => {
    const { world, bytes } = await newBundle();
    const { publicKey } = await newKey('root');
    expect(await verdictOf(bytes, { ...world.pins, cn: publicKey as never })).toBe('5 /keys/cn/0');
    expect(await verdictOf(bytes, { ...world.pins, mo: publicKey as never })).toBe('valid');
  });

  it.each([
    ['nothing', '', '1 '],
    ['too much', 'x'.repeat(200_001), '1 '],
    ['a line end', '{}\n', '2 '],
    ['an escape', '{"a":"\\u0041"}', '2 '],
    ['something else', 'hello', '3 '],
    ['a fraction', '{"a":0.5}', '3 '],
    ['an exponent', '{"a":1e3}', '3 '],
    ['minus nothing', '{"a":-0}', '3 '],
    ['more than a safe number', '{"a":9007199254740992}', '3 '],
    ['a safe number', '{"a":9007199254740991}', '4 '],
    ['a member twice', '{"a":1,"a":1}', '3 '],
    ['a name that is none', '{"__proto__":1}', '3 '],
    ['depths', '['.repeat(150_000), '3 '],
    ['nine levels', `${'['.repeat(9)}${']'.repeat(9)}`, '3 '],
    ['eight levels', `${'['.repeat(8)}${']'.repeat(8)}`, '4 '],
    ['a number without end', '1'.repeat(100_000), '3 '],
    ['no number', '[NaN]', '3 '],
  ])('is refused: it is %s', async (_name, text, expected) => {
    const { publicKey } = await newKey('root');
    const pins = { cn: publicKey, hk: publicKey, mo: publicKey } as never;
    expect(await verdictOf(Buffer.from(text), pins)).toBe(expected);
  });
});

describe('assembling', () => {
  it('waits for witnesses', async () => {
    const { world, parts } = await newBundle();
    const source = evidenceOf(world.logs);
    const unwitnessed = async (...asked: Parameters<typeof source.proof>) =>
      (await source.proof(...asked))?.replace(/^— bayway.example\/witness.*\n/gmu, '');
    await expect(assembleBundle(parts, { ...source, proof: unwitnessed })).rejects.toThrow('not-witnessed-yet');
    await expect(assembleBundle(parts, { ...source, proof: () => Promise.resolve(undefined) })).rejects.toThrow(
      'not-witnessed-yet',
    );
  });

  it('misses what a side did not record, and keys that no directory has', async () => {
    const { world, parts } = await newBundle();
    const source = evidenceOf(world.logs);
    const records = { ...parts.records, exporter: parts.records.exporter.slice(0, -1) };
    await expect(assembleBundle({ ...parts, records }, source)).rejects.toThrow('record-missing');
    await expect(assembleBundle(parts, { ...source, lines: () => Promise.resolve([]) })).rejects.toThrow('key-missing');
  });
});
