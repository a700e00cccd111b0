import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { pairwise } from './oidc/pairwise.js';
import { openShown, sealShown, Shown } from './acts/shown.js';
import { Secrets } from './secrets.js';

const kek = (): string => randomBytes(32).toString('base64url');
const secrets = new Secrets(kek());

describe('sealing', () => {
  it('opens what it sealed, and never the same bytes twice', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const sealed = secrets.seal(text, 'row');
        expect(secrets.open(sealed, 'row')).toBe(text);
        expect(secrets.seal(text, 'row').equals(sealed)).toBe(false);
      }),
    );
  });

  it('opens nothing altered, of another row, or under another key', () => {
    const sealed = secrets.seal('a number', 'row');
    for (let at = 0; at < sealed.length; at += 1) {
      const altered = Buffer.from(sealed);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(() => secrets.open(altered, 'row')).toThrow();
    }
    expect(() => secrets.open(sealed, 'another row')).toThrow();
    expect(() => new Secrets(kek()).open(sealed, 'row')).toThrow();
  });
});

describe('names towards clients', () => {
  it('differ by client and by person, and cannot be made without the key', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.uuid(), fc.constantFrom('bank', 'op-cn', 'clinic'), (a, b, client) => {
        fc.pre(a !== b);
        expect(pairwise(secrets, a, client)).toBe(pairwise(secrets, a, client));
        expect(pairwise(secrets, a, client)).not.toBe(pairwise(secrets, b, client));
        expect(pairwise(secrets, a, client)).not.toBe(pairwise(secrets, a, `${client}-2`));
        expect(pairwise(secrets, a, client)).not.toBe(pairwise(new Secrets(kek()), a, client));
      }),
      { numRuns: 30 },
    );
  });
});

describe('what was shown', () => {
  const shown = Shown.parse({
    askId: '0b0f3a9e-5d0c-4f6a-8f1e-3a1f3d3c0c11',
    askDigest: 'a'.repeat(43),
    shownDigest: 'b'.repeat(43),
    language: 'pt',
    acts: ['overseas'],
    level: 3,
    subjectId: '5d2c6f0a-7f43-4a4e-9a57-0c6a8c8f7b21',
  });

  it('comes back from its own page only', () => {
    const sealed = sealShown(secrets, 'one', shown);
    expect(openShown(secrets, 'one', sealed)).toEqual(shown);
    expect(openShown(secrets, 'two', sealed)).toBeNull();
    expect(openShown(secrets, 'one', `${sealed}x`)).toBeNull();
    expect(openShown(secrets, 'one', ['x'])).toBeNull();
    expect(openShown(secrets, 'one', '')).toBeNull();
  });
});
