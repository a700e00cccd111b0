import { describe, expect, it } from '@jest/globals';
import { NOTIFICATION_KINDS } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { mailAbout, mailWithCode } from './mail-text.js';
import { DEFAULT_CHOICES, isFinal, mailFor, nextDigest, waitMs } from './mail-rules.js';

const portal = 'https://my.example.org';
const at = new Date('2026-11-22T16:30:00Z');
const mails = LANGUAGES.flatMap((language) => [
  ...NOTIFICATION_KINDS.map((kind) => ({ language, kind, ...mailAbout([{ kind, at }], { language, portal }) })),
  {
    language,
    kind: 'digest',
    ...mailAbout(
      [
        { kind: 'used', at },
        { kind: 'given', at },
      ],
      { language, portal },
    ),
  },
  { language, kind: 'code', ...mailWithCode('01234567', { language, portal }) },
]);

describe('a mail', () => {
  it.each(mails)('$language $kind says what happened and where to look, in at most 80 words', ({ subject, text }) => {
    expect(subject.length).toBeGreaterThan(4);
    expect(text).toContain(portal);
    const words = text.split(/\s+/).length + (text.match(/\p{Script=Han}/gu) ?? []).length / 2;
    expect(words).toBeLessThanOrEqual(80);
  });

  it.each(mails)('$language $kind reveals nothing and links to no sign-in', ({ subject, text }) => {
    const all = `${subject}\n${text}`;
    expect(all).not.toMatch(
      /bank|credit|clinic|\brecord\b|report|banco|crédito|registo|relatório|銀行|银行|信貸|信用|醫|医|報告|报告|\{/i,
    );
    expect(text.match(/https?:\/\/\S+/g)).toEqual([portal]);
  });

  it('gives the time of the Bay, as the language writes it', () => {
    const [zh, , pt, en] = LANGUAGES.map((language) => mailAbout([{ kind: 'used', at }], { language, portal }).text);
    expect(
      [zh, pt, en].map((text) =>
        /(2026年11月23日 00:30|23 de novembro de 2026, 00:30|23 November 2026, 00:30)/i.test(text ?? ''),
      ),
    ).toEqual([true, true, true]);
  });
});

describe('when a mail goes out', () => {
  const settings = (over = {}, hasAddress = true) => ({ mail: { ...DEFAULT_CHOICES, ...over }, hasAddress });

  it('depends on her choice for the kind, and never happens without an address', () => {
    expect(mailFor('used', settings(), at)).toEqual({ mail: 'waiting', mailAt: at });
    expect(mailFor('used', settings({ used: 'digest' }), at)).toEqual({
      mail: 'digest',
      mailAt: new Date('2026-11-23T10:00:00Z'),
    });
    for (const none of [null, settings({}, false), settings({ used: 'silent' })])
      expect(mailFor('used', none, at)).toEqual({ mail: 'none', mailAt: null });
  });

  it('is six in the evening of the Bay for a digest, strictly ahead', () => {
    expect(nextDigest(new Date('2026-11-22T09:59:59Z'))).toEqual(new Date('2026-11-22T10:00:00Z'));
    expect(nextDigest(new Date('2026-11-22T10:00:00Z'))).toEqual(new Date('2026-11-23T10:00:00Z'));
    expect(nextDigest(new Date('2026-11-22T20:00:00Z'))).toEqual(new Date('2026-11-23T10:00:00Z'));
  });

  it('waits longer after each failure, and gives up only on a final answer', () => {
    expect([1, 2, 3, 20].map(waitMs)).toEqual([30_000, 60_000, 120_000, 14_400_000]);
    expect([{ responseCode: 550 }, { responseCode: 451 }, { code: 'ECONNREFUSED' }].map(isFinal)).toEqual([
      true,
      false,
      false,
    ]);
  });
});
