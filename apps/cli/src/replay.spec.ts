import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { newKey, sign } from '@bayway/envelope';
import { decidedAt, digestOf, Facts, packs } from '@bayway/trust-rules';
import { replayCommand } from './replay.js';

const facts = Facts.parse({
  asOf: '2026-11-22',
  channel: 'transfer',
  exporter: { place: 'HK', kind: 'bank' },
  importer: { place: 'MO', kind: 'bank' },
  data: { items: [{ id: 'income', category: 'income-tax' }], collectedFor: 'account-opening' },
  purpose: { code: 'credit-underwriting' },
  consent: { prescribed: false },
});

/** A recorded assessment, signed, with claims and facts other than they should be. */
async function recorded(over: Record<string, unknown> = {}, kept: object = facts): Promise<string> {
  const head = { iss: 'hk/broker', jti: randomUUID(), iat: 1_795_000_000, stage: 'ask', requestDigest: digestOf('x') };
  const assessment = await sign(await newKey('sig'), 'assessment', { ...head, ...decidedAt('ask', facts), ...over });
  return `${JSON.stringify({ id: head.jti, facts: kept, assessment, madeAt: 'of no account' })}\n`;
}

type Line = Record<string, unknown> & { errors?: { pointer: string }[] };

async function run(input: string): Promise<{ exit: number; lines: Line[] }> {
  let text = '';
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      text += chunk.toString();
      done();
    },
  });
  const stderr = new Writable({ write: (_chunk, _encoding, done) => done() });
  const exit = await replayCommand(['-'], { stdin: Readable.from([Buffer.from(input)]), stdout: sink, stderr });
  const lines = text.split('\n').filter(Boolean);
  return { exit, lines: lines.map((each) => JSON.parse(each) as Line) };
}

describe('bayway replay', () => {
  it('decides again, bit for bit', async () => {
    const { exit, lines } = await run((await recorded()) + (await recorded()));
    expect([exit, lines.length]).toEqual([0, 2]);
    expect(lines[0]).toMatchObject({
      ...{ factsIntact: true, sameRules: true, reproduced: true, differs: false, differences: [] },
      recorded: { outcome: 'needs-info', proceeds: true, asOf: '2026-11-22' },
      today: { outcome: 'needs-info', proceeds: true },
      pack: packs,
    });
  });

  it.each<[string, () => Promise<string>, object]>([
    [
      'what today’s rules would decide differently',
      () => recorded({ pack: { version: '0', digest: digestOf('old') }, outcome: 'permit', unknown: [] }),
      { sameRules: false, reproduced: null, differs: true, differences: ['outcome', 'unknown'] },
    ],
    [
      'claims that do not follow',
      () => recorded({ proceeds: false }),
      { reproduced: false, differences: ['proceeds'] },
    ],
    ['changed facts', () => recorded({}, { ...facts, asOf: '2026-11-21' }), { factsIntact: false, differs: false }],
  ])('shows %s and exits 1', async (_name, make, shown) => {
    const { exit, lines } = await run(await make());
    expect(exit).toBe(1);
    expect(lines[0]).toMatchObject(shown);
  });

  it('passes what is decided as before under other rules', async () => {
    const { exit, lines } = await run(await recorded({ pack: { version: '0', digest: digestOf('old') } }));
    expect([exit, lines[0]?.['sameRules'], lines[0]?.['differs']]).toEqual([0, false, false]);
  });

  it('names what is no recorded assessment, and goes on', async () => {
    const { exit, lines } = await run(`{"id":"x"}\n{"id":"x","facts":{},"assessment":"a.b.c"}\n${await recorded()}`);
    expect(exit).toBe(1);
    expect(lines[0]?.errors?.map(({ pointer }) => pointer)).toEqual(['/facts', '/assessment']);
    expect(lines[1]?.errors?.map(({ pointer }) => pointer)).toEqual(['/assessment']);
    expect(lines[2]?.['reproduced']).toBe(true);
  });
});
