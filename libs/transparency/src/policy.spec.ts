import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  cosigner,
  ed25519FromSeed,
  formatNote,
  formatVerifierKey,
  isQuorum,
  leafHash,
  noteSigner,
  type NoteSigner,
  openByPolicy,
  parseNote,
  parsePolicy,
  signCheckpoint,
  TransparencyError,
} from './index.js';

const ORIGIN = 'bayway.example/evidence/hk';
const signerOf = async (name: string, seed: number, isWitness = true): Promise<NoteSigner> => {
  const key = await ed25519FromSeed(new Uint8Array(32).fill(seed));
  return isWitness ? cosigner(name, key, () => 1_700_000_000_000) : noteSigner(name, key);
};

let log: NoteSigner;
let witnesses: NoteSigner[];
let text: string;
const key = (signer: NoteSigner | undefined): string => formatVerifierKey(signer!.key);

beforeAll(async () => {
  log = await signerOf(ORIGIN, 1, false);
  witnesses = await Promise.all([2, 3, 4, 5].map((seed) => signerOf(`witness.example/${seed}`, seed)));
  const [a, b, c, d] = witnesses.map(key);
  text = [
    '# who counts on the corridor',
    '',
    `log ${key(log)} https://log.example/`,
    `\twitness A ${a}  https://a.example/`,
    `witness B ${b}`,
    `witness C ${c}`,
    `witness D ${d}`,
    'group pair 2 A B C',
    'group all-of-it all pair D',
    'quorum all-of-it',
    '',
  ].join('\n');
});

const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'taken';
  } catch (error) {
    return error instanceof TransparencyError ? error.code : String(error);
  }
};

describe('a policy', () => {
  it('names logs, witnesses and groups', () => {
    const policy = parsePolicy(text);
    expect(policy.logs).toMatchObject([{ key: { name: ORIGIN }, url: 'https://log.example/' }]);
    expect([...policy.witnesses.keys()]).toEqual(['A', 'B', 'C', 'D']);
    expect([...policy.groups]).toEqual([
      ['pair', { k: 2, members: ['A', 'B', 'C'] }],
      ['all-of-it', { k: 2, members: ['pair', 'D'] }],
    ]);
  });

  it('is met by exactly the sets of witnesses that its groups say', () => {
    const policy = parsePolicy(text);
    for (let set = 0; set < 16; set += 1) {
      const names = ['A', 'B', 'C', 'D'].filter((_, i) => set & (1 << i));
      const expected = names.includes('D') && names.filter((name) => name !== 'D').length >= 2;
      expect([names, isQuorum(policy, new Set(names))]).toEqual([names, expected]);
    }
  });

  it.each([
    ['any', 1],
    ['1', 1],
    ['2', 2],
    ['3', 3],
    ['all', 3],
  ])('of %s of three wants %i', (threshold, wanted) => {
    const lines = text.split('\n').filter((line) => line.includes('witness'));
    const policy = parsePolicy([...lines, `group g ${threshold} A B C`, 'quorum g', ''].join('\n'));
    for (let set = 0; set < 8; set += 1) {
      const names = ['A', 'B', 'C'].filter((_, i) => set & (1 << i));
      expect(isQuorum(policy, new Set(names))).toBe(names.length >= wanted);
    }
  });

  it('may want no witness, or one, and takes names as bytes', () => {
    expect(isQuorum(parsePolicy('quorum none\n'), new Set())).toBe(true);
    const one = parsePolicy(`witness 澳門 ${key(witnesses[0])}\nquorum 澳門\n`);
    expect([isQuorum(one, new Set()), isQuorum(one, new Set(one.witnesses.keys()))]).toEqual([false, true]);
  });

  it.each<[string, (text: string) => string]>([
    ['without a quorum', (t) => t.replace('quorum all-of-it\n', '')],
    ['with two', (t) => `${t}quorum none\n`],
    ['with a quorum of nobody', (t) => t.replace('quorum all-of-it', 'quorum nobody')],
    ['with a quorum of two', (t) => t.replace('quorum all-of-it', 'quorum A B')],
    ['with a member that is defined later', (t) => t.replace('group pair 2 A B C', 'group pair 2 A later')],
    ['with a member in two groups', (t) => t.replace('all pair D', 'all pair A')],
    ['with a member twice', (t) => t.replace('2 A B C', '2 A A C')],
    ['with the member none', (t) => t.replace('all pair D', 'all pair none')],
    ['with a group in itself', (t) => t.replace('all pair D', 'all all-of-it D')],
    ['with a threshold of 0', (t) => t.replace('pair 2', 'pair 0')],
    ['with a threshold above its members', (t) => t.replace('pair 2', 'pair 4')],
    ['with a threshold that is no decimal', (t) => t.replace('pair 2', 'pair 02')],
    ['with a group of nobody', (t) => t.replace('group pair 2 A B C', 'group pair any')],
    ['with a name twice', (t) => t.replace('group pair', 'group A')],
    ['with the name none', (t) => t.replace('witness B', 'witness none')],
    [
      'with a key twice under two names',
      (t) => t.replace(`witness B ${key(witnesses[1])}`, `witness B ${key(witnesses[0])}`),
    ],
    ['with a log twice', (t) => t.replace('\n\n', `\nlog ${key(log)}\n`)],
    ['with a witness that is a log', (t) => t.replace(`witness B ${key(witnesses[1])}`, `witness B ${key(log)}`)],
    ['with a log that is a witness', (t) => t.replace(`log ${key(log)}`, `log ${key(witnesses[1])}`)],
    ['with another kind of line', (t) => `${t}mirror A\n`],
    ['with more on a line', (t) => t.replace('https://log.example/', 'https://log.example/ more')],
    ['with a carriage return', (t) => t.replaceAll('\n', '\r\n')],
    ['with a deleted character', (t) => t.replace('who', '\x7f')],
    ['that does not end its last line', (t) => t.slice(0, -1)],
  ])('%s is refused', (_name, change) => {
    const changed = change(text);
    expect(changed).not.toBe(text);
    expect(codeOf(() => parsePolicy(changed))).toBe('policy-malformed');
  });

  it('of broken bytes throws nothing but the typed error', () => {
    const pieces = [
      '\n',
      ' ',
      '\t',
      '#',
      'quorum none\n',
      'log ',
      'witness A ',
      'group g all ',
      '+',
      'any ',
      '0',
      '\0',
    ];
    const piece = fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 5, unit: 'binary' }));
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(40), fc.array(piece, { maxLength: 5 }), (at, cut, inserted) => {
        const broken = text.slice(0, at) + inserted.join('') + text.slice(at + cut);
        expect(codeOf(() => parsePolicy(broken))).not.toMatch(/Error/);
        expect(codeOf(() => parsePolicy(Buffer.from(broken, 'latin1')))).not.toMatch(/Error/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a checkpoint under a policy', () => {
  const noteBy = async (by: readonly number[], signer = log, origin = ORIGIN): Promise<string> => {
    const note = parseNote(await signCheckpoint({ origin, size: 1, root: leafHash(new Uint8Array(1)) }, signer));
    const cosigned = await Promise.all(by.map((i) => witnesses[i]!.sign(note.text)));
    return formatNote({ text: note.text, signatures: [...note.signatures, ...cosigned] });
  };
  const outcome = (note: string): Promise<string> =>
    openByPolicy(note, parsePolicy(text)).then(
      ({ witnesses: names }) => [...names].join(' '),
      (error: TransparencyError) => error.code,
    );

  it('counts when a log of it signed and enough witnesses cosigned', async () => {
    expect(await outcome(await noteBy([0, 2, 3]))).toBe('A C D');
    expect(await outcome(await noteBy([0, 1, 2, 3]))).toBe('A B C D');
  });

  it('does not count otherwise', async () => {
    expect(await outcome(await noteBy([0, 1, 2]))).toBe('policy-unmet');
    expect(await outcome(await noteBy([0, 3]))).toBe('policy-unmet');
    const foreign = await signerOf(ORIGIN, 9, false);
    expect(await outcome(await noteBy([0, 1, 3], foreign))).toBe('policy-unmet');
    expect(await outcome(await noteBy([0, 1, 3], log, 'bayway.example/evidence/mo'))).toBe('policy-unmet');
  });

  it('does not count when a known witness’s signature does not hold', async () => {
    const good = parseNote(await noteBy([0, 1, 3]));
    const signatures = good.signatures.map((one, i) =>
      i === 2 ? { ...one, signature: one.signature.map((b, at) => (at === 20 ? b ^ 1 : b)) } : one,
    );
    expect(await outcome(formatNote({ text: good.text, signatures }))).toBe('signature-invalid');
  });
});
