import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RECEIPT_CONTEXT, RECEIPT_PROFILE, RECEIPT_SCHEMA } from '@bayway/contracts';
import { JURISDICTIONS } from '@bayway/domain';
import { digestOf, epochSeconds, randomName, sign } from '@bayway/envelope';
import { testTrust, type TestTrust } from '@bayway/testing';
import { verifyCommand } from './verify.js';

class Page extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

let trust: TestTrust;
let folder: string;
const at = (name: string): string => join(folder, name);
const SHOWN = '<h2>May the bank have it?</h2>';
const askId = randomUUID();
const about = { askId, askDigest: digestOf('ask'), shownDigest: digestOf(SHOWN), language: 'en' };
const now = epochSeconds(new Date());
const [consentId, handle] = [randomUUID(), randomName()];
const text = { 'zh-Hant': 'x', 'zh-Hans': 'x', pt: 'x', en: 'x' };
const party = (id: string, role: string) => ({
  ...{ id, name: text, place: 'HK', role, kind: 'bank' },
  contact: { role: text, email: 'privacy@example.org' },
});

/** Acts and receipt as identity and consent sign them. */
async function kept(over: { receipt?: object; by?: string } = {}) {
  const acts = await Promise.all(
    ['other-handler', 'overseas'].map((act) =>
      sign(trust.key('cn/identity', 'sig'), 'act', {
        ...{ iss: 'cn/identity', jti: randomUUID(), iat: now, ...about, act, answer: 'agree', level: 3 },
        subject: { kind: 'person', handle },
      }),
    ),
  );
  const receipt = await sign(trust.key(over.by ?? 'cn/consent', 'sig'), 'receipt', {
    ...{ '@context': RECEIPT_CONTEXT, '@type': 'ConsentReceipt', profile: RECEIPT_PROFILE, schema: RECEIPT_SCHEMA },
    ...{ iss: 'cn/consent', jti: randomUUID(), iat: now, created: new Date(now * 1000).toISOString() },
    ...{ consentId, state: 'given', subject: { kind: 'person', handle }, exporter: 'cn', importer: 'hk' },
    ...{ jurisdictions: ['CN', 'HK'], flowId: randomUUID() },
    notice: {
      ...{ id: 'general/cn-hk', version: 1, digest: digestOf('n'), language: 'en', shown: digestOf(SHOWN) },
      ...{ askId, askDigest: digestOf('ask') },
    },
    processing: {
      ...{
        lawfulBasis: 'consent',
        purpose: { code: 'credit-underwriting' },
        dataset: 'credit-report',
        mode: 'transfer',
      },
      ...{ method: 'encrypted-to-recipient', source: 'data-holder', storageLocation: 'HK' },
      items: [{ id: 'accounts', sensitive: true, optional: false }],
      ...{ retentionUntil: '2027-12-31', validUntil: '2027-04-30', maxUses: 3 },
    },
    holder: party('pengwan-credit', 'data-exporter'),
    recipient: party('tsing-wan-bank', 'data-importer'),
    acts: ['other-handler', 'overseas'].map((kind, n) => ({
      ...{ kind, answer: 'agree', rules: [], at: new Date(now * 1000).toISOString(), digest: digestOf(acts[n] ?? '') },
    })),
    assessments: { exporter: digestOf('e'), importer: digestOf('i') },
    events: [
      {
        state: 'given',
        at: new Date(now * 1000).toISOString(),
        by: 'redemption',
        type: 'explicitly-expressed',
        validUntil: '2027-04-30',
      },
    ],
    ...{ rights: ['access'], authority: text, withdrawal: { method: 'portal', url: 'https://console.example' } },
    ...over.receipt,
  });
  return { receipt, acts, shown: SHOWN };
}

async function verify(content: unknown, args = ['--directory', at('keys/cn/directory.jsonl')]) {
  await writeFile(at('receipt.json'), JSON.stringify(content));
  const [stdout, stderr] = [new Page(), new Page()];
  const all = [at('receipt.json'), '--roots', at('roots.json'), ...args];
  const exit = await verifyCommand(all, { stdin: process.stdin, stdout, stderr });
  return { exit, out: stdout.text, err: stderr.text };
}

beforeAll(async () => {
  trust = await testTrust();
  folder = await mkdtemp(join(tmpdir(), 'receipt-'));
  const roots = JURISDICTIONS.map((j) => [j, trust.roots.get(j)?.publicKey]);
  await writeFile(at('roots.json'), JSON.stringify(Object.fromEntries(roots)));
  for (const j of JURISDICTIONS) {
    await mkdir(at(`keys/${j}`), { recursive: true });
    await writeFile(at(`keys/${j}/directory.jsonl`), `${trust.lines.get(j)?.join('\n')}\n`);
  }
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('bayway verify RECEIPT', () => {
  it('says what a receipt shows, offline, by the exporter’s key directory and the pinned root', async () => {
    const { exit, out, err } = await verify(await kept());
    expect([exit, err]).toEqual([0, '']);
    expect(out).toContain(`valid     receipt of consent ${consentId}\n`);
    expect(out).toContain('signed by cn/consent');
    expect(out).toContain('acts      other-handler: agree, overseas: agree\n');
  });

  it('needs no more than the system on this machine, when there is one', async () => {
    process.env['BAYWAY_HOME'] = folder;
    expect((await verify(await kept(), [])).exit).toBe(0);
    delete process.env['BAYWAY_HOME'];
    await expect(verify(await kept(), [])).rejects.toMatchObject({ exitCode: 2 });
  });

  it.each<[string, () => Promise<object>, RegExp]>([
    [
      'a page with another byte',
      async () => ({ ...(await kept()), shown: `${SHOWN} ` }),
      /page is not the one that was shown/,
    ],
    [
      'an act of another ask',
      async () => ({ ...(await kept()), acts: (await kept()).acts }),
      /an act is not one that the receipt names/,
    ],
    ['an act too few', async () => ({ ...(await kept()), acts: (await kept()).acts.slice(1) }), /acts are not as many/],
    ['a receipt that identity signed', () => kept({ by: 'cn/identity' }), /signer-not-allowed/],
    ['a receipt of another exporter', () => kept({ receipt: { exporter: 'hk' } }), /not valid/],
    ['something that is not signed', async () => ({ ...(await kept()), receipt: 'a.b.c' }), /signature-invalid/],
  ])('exits 1 for %s, and says what is wrong', async (_name, content, said) => {
    const { exit, out, err } = await verify(await content());
    expect([exit, out]).toEqual([1, '']);
    expect(err).toMatch(said);
  });

  it('exits 1 under roots that did not sign the directory', async () => {
    const others = await testTrust();
    const roots = JURISDICTIONS.map((j) => [j, others.roots.get(j)?.publicKey]);
    await writeFile(at('others.json'), JSON.stringify(Object.fromEntries(roots)));
    await writeFile(at('one.json'), JSON.stringify(await kept()));
    const [stdout, stderr] = [new Page(), new Page()];
    const args = [at('one.json'), '--roots', at('others.json'), '--directory', at('keys/cn/directory.jsonl')];
    expect(await verifyCommand(args, { stdin: process.stdin, stdout, stderr })).toBe(1);
    expect(stdout.text).toBe('');
  });
});
