import { describe, expect, it } from '@jest/globals';
import { Decision } from '@bayway/trust-rules';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { CommandError } from './command.js';
import { decideCommand } from './decide.js';

const carry = {
  asOf: '2026-11-22',
  channel: 'subject-carry',
  requester: { kind: 'subject', identityLevel: 3 },
  exporter: { place: 'CN-330100', kind: 'credit-agency' },
  importer: { place: 'HK', kind: 'bank' },
  data: { items: [{ id: 'report', category: 'credit-report' }] },
  purpose: { code: 'credit-underwriting' },
  carry: { delivery: 'subject-download' },
};
const line = (document: unknown): string => `${JSON.stringify(document)}\n`;

/** A stream that keeps what is written to it. */
class Page extends Writable {
  text = '';
  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
  get lines(): Record<string, unknown>[] {
    return this.text
      .split('\n')
      .filter(Boolean)
      .map((each) => JSON.parse(each) as Record<string, unknown>);
  }
}

async function run(input: string | Iterable<string>, args: readonly string[] = ['-']) {
  const stdin = Readable.from(
    typeof input === 'string' ? [Buffer.from(input)] : [...input].map((each) => Buffer.from(each)),
  );
  const [stdout, stderr] = [new Page(), new Page()];
  const exit = await decideCommand(args, { stdin, stdout, stderr });
  return { exit, stdout, stderr };
}

describe('bayway decide', () => {
  it('answers one decision a line, in order', async () => {
    const { exit, stdout, stderr } = await run(
      line(carry) + line({ ...carry, carry: { delivery: 'source-to-recipient' } }) + line({ ...carry, carry: {} }),
    );
    const decisions = stdout.lines.map((each) => Decision.parse(each));
    expect(decisions.map(({ outcome }) => outcome)).toEqual(['permit', 'forbid', 'needs-info']);
    expect(decisions[0]?.because).toContain('CN.PIPL.72');
    expect([exit, stderr.text]).toEqual([0, '']);
  });

  it('names the pointer of what breaks the schema, goes on, and exits 1', async () => {
    const { exit, stdout, stderr } = await run(
      [
        line(carry),
        line({ ...carry, importer: { place: 'CN' } }),
        'nonsense with a name in it\n',
        line({ ...carry, data: { items: [{ id: 'a', category: 'medical', 'a/b': 1 }] } }),
        '\n',
        line(carry).trim(),
      ].join(''),
    );
    expect(stdout.lines.map((each) => each.outcome ?? each.line)).toEqual(['permit', 2, 3, 4, 'permit']);
    expect(stdout.lines[1]?.errors).toMatchObject([{ pointer: '/importer/place' }]);
    expect(stdout.lines[2]?.errors).toEqual([{ pointer: '', detail: 'not a JSON document' }]);
    expect(stdout.lines[3]?.errors).toEqual([{ pointer: '/data/items/0/a~1b', detail: 'unknown member' }]);
    expect(stderr.text.split('\n').slice(1, 3)).toEqual([
      'line 3: (document): not a JSON document',
      'line 4: /data/items/0/a~1b: unknown member',
    ]);
    expect(stderr.text + stdout.text).not.toContain('name in it');
    expect(exit).toBe(1);
  });

  it('refuses a document beyond the limit and goes on', async () => {
    const { exit, stdout } = await run(`${'x'.repeat(1_100_000)}\n${line(carry)}`);
    expect(stdout.lines.map((each) => each.outcome ?? each.errors)).toEqual([
      [{ pointer: '', detail: 'longer than 1048576 characters' }],
      'permit',
    ]);
    expect(exit).toBe(1);
  });

  it('reads a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'decide-'));
    try {
      const file = join(folder, 'facts.jsonl');
      await writeFile(file, line(carry));
      expect((await run('', [file])).stdout.lines).toHaveLength(1);
      await expect(run('', [folder])).rejects.toThrow(CommandError);
      await expect(run('', [join(folder, 'none')])).rejects.toThrow('no file');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('asks for one file', async () => {
    await expect(run('', [])).rejects.toMatchObject({ exitCode: 2 });
    await expect(run('', ['a', 'b'])).rejects.toMatchObject({ exitCode: 2 });
  });

  it('reads no further ahead than a slow reader takes, however long the input', async () => {
    const total = 20_000;
    let [read, written, furthest] = [0, 0, 0];
    const stdin = Readable.from(
      (function* () {
        for (; read < total; read += 1) yield Buffer.from(line(carry));
      })(),
    );
    const stdout = new Writable({
      highWaterMark: 4_096,
      write(_chunk, _encoding, done) {
        written += 1;
        furthest = Math.max(furthest, read - written);
        if (written % 500 === 0) setImmediate(done);
        else done();
      },
    });
    expect(await decideCommand(['-'], { stdin, stdout, stderr: new Page() })).toBe(0);
    expect(written).toBe(total);
    expect(furthest).toBeLessThan(100);
  });
});
