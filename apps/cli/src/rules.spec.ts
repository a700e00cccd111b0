import { describe, expect, it } from '@jest/globals';
import { RULES } from '@bayway/trust-rules';
import { Readable, Writable } from 'node:stream';
import { CommandError } from './command.js';
import { rulesCommand } from './rules.js';

async function run(args: readonly string[], input = '') {
  const pages = { out: '', err: '' };
  const page = (name: 'out' | 'err') =>
    new Writable({
      write(chunk: Buffer, _encoding, done) {
        pages[name] += chunk.toString();
        done();
      },
    });
  const exit = await rulesCommand(args, {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: page('out'),
    stderr: page('err'),
  });
  const lines = pages.out
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { exit, lines, errors: pages.err };
}

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
const byRule = (lines: readonly Record<string, unknown>[], id: string) =>
  lines.find((line) => line.rule === id || line.id === id);

describe('bayway rules', () => {
  it('lists every rule with what it applies to, asks for and does', async () => {
    const { exit, lines } = await run([]);
    expect([exit, lines.length]).toEqual([0, RULES.length]);
    expect(byRule(lines, 'CN.PIPL.42')).toMatchObject({
      article: 'art 42',
      effectiveFrom: '2021-11-01',
      verification: 'V',
      uses: [
        {
          channels: ['transfer'],
          exporter: ['cn'],
          effect: 'forbid',
          code: 'recipient-on-restricted-list',
          requires: expect.arrayContaining(['importer.place', 'importer.blacklisted']) as unknown,
        },
      ],
    });
  });

  it('speaks the language asked for', async () => {
    const { lines } = await run(['--language', 'pt']);
    expect(byRule(lines, 'MO.6')?.articleText).toBe('artigo 6.º');
    await expect(run(['--language', 'fr'])).rejects.toThrow(CommandError);
    await expect(run(['--weather', 'fine'])).rejects.toMatchObject({ exitCode: 2 });
  });

  it('counts over documents how often each rule was cited and decided, and reports faulty ones', async () => {
    const input = [carry, { ...carry, carry: { delivery: 'source-to-recipient' } }, { ...carry, asOf: 'today' }]
      .map((document) => `${JSON.stringify(document)}\n`)
      .join('');
    const { exit, lines, errors } = await run(['--coverage', '-'], input);
    expect([exit, lines.length]).toEqual([1, RULES.length + 1]);
    expect(lines[0]).toMatchObject({ line: 3, errors: [{ pointer: '/asOf' }] });
    expect(byRule(lines, 'PLAT.CARRY')).toEqual({
      rule: 'PLAT.CARRY',
      cited: 2,
      decided: 1,
      outcomes: { forbid: 1 },
    });
    expect(byRule(lines, 'CN.PIPL.72')).toMatchObject({ cited: 2, decided: 1, outcomes: { permit: 1 } });
    expect(byRule(lines, 'HK.S33')).toMatchObject({ cited: 0, decided: 0 });
    expect(errors).toMatch(/^line 3: \/asOf: /);
    expect(errors).toMatch(/2 requests; of 134 rules \d+ were cited and \d+ decided\n$/);
  });
});
