import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  DOCUMENT_KINDS,
  IdentityDocument,
  documentSubject,
  hkidCheckDigit,
  isValidDocument,
  matchKey,
  matchNumber,
  normaliseDocument,
  residentCheckDigit,
  usccCheckCharacter,
} from './identity-document.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2026-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10).replaceAll('-', ''));

const citizen = (area: fc.Arbitrary<string>) =>
  fc.tuple(area, day, digits(3)).map((parts) => parts.join('') + residentCheckDigit(parts.join('')));
const residentCard = citizen(fc.constantFrom('440300', '440400', '330100', '110105', '650102'));
const residencePermit = citizen(fc.constantFrom('810000', '820000'));
const hkid = fc.stringMatching(/^[A-Z]{1,2}\d{6}$/).map((body) => body + hkidCheckDigit(body));
const permit = fc.stringMatching(/^[HM]\d{10}$/);
const uscc = fc.stringMatching(/^9144\d{4}[0-9A-HJ-NPQRTUWXY]{9}$/).map((body) => body + usccCheckCharacter(body));

const anyValid: fc.Arbitrary<IdentityDocument> = fc.oneof(
  residentCard.map((number) => ({ kind: 'resident-identity-card' as const, number })),
  residencePermit.map((number) => ({ kind: 'residence-permit' as const, number })),
  hkid.map((number) => ({ kind: 'hkid' as const, number })),
  fc.stringMatching(/^[157]\d{7}$/).map((number) => ({ kind: 'bir' as const, number })),
  permit.map((number) => ({ kind: 'home-return-permit' as const, number })),
  uscc.map((number) => ({ kind: 'uscc' as const, number })),
  digits(8).map((number) => ({ kind: 'hk-brn' as const, number })),
);

const fullWidth = (text: string) =>
  Array.from(text, (c) => (/[0-9A-Z]/.test(c) ? String.fromCodePoint(c.charCodeAt(0) + 0xfee0) : c)).join('');

/** The same text with the digit at `at` replaced by another one. */
function withOtherDigit(text: string, at: number, add: number): string {
  return text.slice(0, at) + ((Number(text[at]) + add) % 10) + text.slice(at + 1);
}

describe('isValidDocument', () => {
  it('accepts every number whose check digit was computed', () => {
    fc.assert(fc.property(anyValid, ({ kind, number }) => isValidDocument(kind, number)));
  });

  it('agrees with numbers published as examples, cut so that no whole number stands here', () => {
    expect(residentCheckDigit('11010519491231' + '002')).toBe('X');
    expect(residentCheckDigit('44030019900101' + '001')).toBe('6');
    expect(residentCheckDigit('81000019900307' + '001')).toBe('5');
    expect(['A123456', 'AB987654', 'E364912', 'Z683365', 'WX123456', 'A100004'].map(hkidCheckDigit).join('')).toBe(
      '335A9A',
    );
  });

  it('refuses a citizen number with any other digit in one place', () => {
    fc.assert(
      fc.property(residentCard, fc.nat(16), fc.integer({ min: 1, max: 9 }), (number, at, add) => {
        return !isValidDocument('resident-identity-card', withOtherDigit(number, at, add));
      }),
    );
  });

  it('refuses a citizen number with two neighbouring digits exchanged', () => {
    fc.assert(
      fc.property(residentCard, fc.nat(15), (number, at) => {
        fc.pre(number[at] !== number[at + 1]);
        const swapped = number.slice(0, at) + number[at + 1] + number[at] + number.slice(at + 2);
        return !isValidDocument('resident-identity-card', swapped);
      }),
    );
  });

  it('refuses an HKID with any other digit in one place', () => {
    fc.assert(
      fc.property(hkid, fc.nat(5), fc.integer({ min: 1, max: 9 }), (number, at, add) => {
        return !isValidDocument('hkid', withOtherDigit(number, number.length - 7 + at, add));
      }),
    );
  });

  it('refuses a credit code with any other character in one place', () => {
    fc.assert(
      fc.property(
        uscc,
        fc.integer({ min: 8, max: 16 }),
        fc.constantFrom(...'0123456789ABCDEFGHJKLMNPQRTUWXY'),
        (code, at, c) => {
          fc.pre(code[at] !== c);
          return !isValidDocument('uscc', code.slice(0, at) + c + code.slice(at + 1));
        },
      ),
    );
  });

  it('tells a residence permit from a resident identity card by its area', () => {
    fc.assert(fc.property(residentCard, (number) => !isValidDocument('residence-permit', number)));
    fc.assert(fc.property(residencePermit, (number) => !isValidDocument('resident-identity-card', number)));
  });

  it('refuses a day that is not in the calendar although the check digit is right', () => {
    for (const impossible of ['19990229', '20001301', '20000431', '00000101']) {
      const body = `440300${impossible}001`;
      expect(isValidDocument('resident-identity-card', body + residentCheckDigit(body))).toBe(false);
    }
  });

  it.each([
    ['home-return-permit', 'A1234567800'],
    ['home-return-permit', 'H1234567'],
    ['home-return-permit', 'H123456789'],
    ['bir', '21234567'],
    ['bir', '1234567'],
    ['hk-brn', '1234567'],
    ['hkid', ''],
    ['uscc', 'I'.repeat(18)],
  ] as const)('refuses the %s %j', (kind, number) => {
    expect(isValidDocument(kind, number)).toBe(false);
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.constantFrom(...DOCUMENT_KINDS), fc.string({ unit: 'binary', maxLength: 40 }), (kind, number) => {
        expect(typeof isValidDocument(kind, number)).toBe('boolean');
      }),
    );
  });
});

describe('normaliseDocument', () => {
  it('brings every notation of a number to one', () => {
    fc.assert(
      fc.property(anyValid, (document) => {
        const { kind, number } = document;
        const notations = [
          number.toLowerCase(),
          fullWidth(number),
          `${number.slice(0, -1)}(${number.slice(-1)})`,
          `${number.slice(0, -1)}（${number.slice(-1)}）`,
          ` ${number.slice(0, 4)} ${number.slice(4)} `,
          `${number.slice(0, 4)}–${number.slice(4)}`,
        ];
        for (const notation of notations) expect(normaliseDocument({ kind, number: notation })).toEqual(document);
      }),
    );
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...DOCUMENT_KINDS),
        fc.string({ unit: 'grapheme', maxLength: 32 }),
        (kind, number) => {
          const once = normaliseDocument({ kind, number });
          expect(normaliseDocument(once)).toEqual(once);
        },
      ),
    );
  });
});

describe('normaliseDocument, on text outside ASCII', () => {
  it.each(['\u0390', 'i\u0307', 'a \u0301'])('is stable for %j', (number) => {
    const once = normaliseDocument({ kind: 'hkid', number });
    expect(normaliseDocument(once)).toEqual(once);
  });
});

describe('matchKey', () => {
  it('stays the same when a Home Return Permit is issued again', () => {
    fc.assert(
      fc.property(permit, digits(2), (number, issue) => {
        const key = matchKey({ kind: 'home-return-permit', number });
        expect(matchKey({ kind: 'home-return-permit', number: number.slice(0, 9) + issue })).toBe(key);
        expect(matchKey({ kind: 'home-return-permit', number: number.slice(0, 9) })).toBe(key);
      }),
    );
  });

  it('is the kind and the part of the number that stays with the holder', () => {
    fc.assert(fc.property(anyValid, (document) => matchKey(document) === `${document.kind}:${matchNumber(document)}`));
    expect(matchNumber({ kind: 'home-return-permit', number: ' h99 000 001 (02)' })).toBe('H99000001');
    expect(matchNumber({ kind: 'bir', number: '7990000(1)' })).toBe('79900001');
  });

  it('differs between holders and between kinds', () => {
    fc.assert(
      fc.property(anyValid, anyValid, (a, b) => {
        const same =
          a.kind === 'home-return-permit' ? a.number.slice(0, 9) === b.number.slice(0, 9) : a.number === b.number;
        expect(matchKey(a) === matchKey(b)).toBe(a.kind === b.kind && same);
      }),
    );
  });
});

describe('IdentityDocument', () => {
  it('refuses an unknown kind, an unknown key, an empty and an overlong number', () => {
    for (const bad of [
      { kind: 'passport', number: '1' },
      { kind: 'hkid', number: '1', issuer: 'x' },
      { kind: 'hkid', number: '' },
      { kind: 'hkid', number: '1'.repeat(33) },
    ]) {
      expect(IdentityDocument.safeParse(bad).success).toBe(false);
    }
  });

  it('knows which kinds name an organisation', () => {
    expect(DOCUMENT_KINDS.filter((kind) => documentSubject(kind) === 'organisation')).toEqual(['uscc', 'hk-brn']);
  });
});
