import { describe, expect, it } from '@jest/globals';
import { ConsentState, LANGUAGES } from '@bayway/domain';
import { t } from '@bayway/design';
import fc from 'fast-check';
import { newConsent, newUse, newWithdrawn, BANK } from '../test/factories.js';
import { ADMIN_IDLE_MS, SESSION_IDLE_MS, SESSION_LIFE_MS } from './config.js';
import { cookieName, readCookie } from './cookies.js';
import { eventsOf } from './portal/detail-events.js';
import { happeningsIn } from './portal/happenings.js';
import { ConsentSummary, inLanguage, nameOf, stateTag, summarise, timesAllowed } from './portal/summary.js';
import { rememberChoices, viewOf } from './portal/view.js';
import { words } from './portal/words/index.js';
import { isAlive } from './sessions/sessions.service.js';
import { safePath } from './sign-in/sign-in.service.js';

const now = new Date('2026-11-22T04:00:00Z');
const base = 'http://cn-console.test';
const view = { language: 'en', base, now, textSize: 'normal', url: '/' } as const;

describe('summarise', () => {
  it('tells of a consent in force what, whose, to whom, how often and until when', () => {
    const consent = newConsent();
    expect(summarise(consent, view)).toEqual({
      id: consent.id,
      title: 'Credit report → Tsing Wan Bank',
      href: `${base}/consents/${consent.id}?ui_locales=en`,
      withdrawHref: `${base}/consents/${consent.id}?ui_locales=en&withdraw=open#withdraw`,
      open: true,
      tag: { kind: 'ok', words: 'Allowed' },
      label: 'up to 3 times',
      holder: { name: 'Pengwan Credit', place: 'Shenzhen' },
      recipient: { name: 'Tsing Wan Bank', place: 'Hong Kong' },
      meta: ['Until 30 April 2027', 'Used 1, 2 left'],
      lastUse: '20 November 10:00',
    });
  });

  it.each(['refused', 'lapsed', 'withdrawn', 'expired', 'used-up', 'terminated', 'invalidated'] as const)(
    'offers no withdrawal of one that is %s',
    (state) => {
      const summary = summarise(newConsent({ state }), view);
      expect([summary.open, summary.withdrawHref]).toEqual([false, null]);
    },
  );

  it.each(LANGUAGES)('is whole and within its shape in %s for every state', (language) => {
    for (const state of ConsentState.options) {
      const summary = summarise(newConsent({ state, uses: [] }), { ...view, language });
      expect(ConsentSummary.parse(summary)).toEqual(summary);
      expect(stateTag(state, language).words).not.toBe('');
    }
  });

  it('counts no use below none when more came in than were allowed', () => {
    const { meta } = summarise(newConsent({ maxUses: 1, uses: [newUse(), newUse()] }), view);
    expect(meta[1]).toBe('Used 2, 0 left');
  });

  it('says once for once', () => {
    expect(timesAllowed(newConsent({ maxUses: 1 }), 'en')).toBe('once');
  });
});

describe('names', () => {
  it('are in her language, else in one that there is', () => {
    expect(inLanguage(BANK, 'pt')).toBe('Banco Tsing Wan');
    expect(inLanguage({ en: 'Only' }, 'pt')).toBe('Only');
    expect(inLanguage({}, 'pt')).toBe('');
  });

  it('of a place that is no city of ours stay as they came', () => {
    expect(nameOf('HK', 'zh-Hant')).toBe('香港');
    expect(nameOf('XX-1', 'en')).toBe('XX-1');
  });
});

describe('eventsOf', () => {
  it('lists the newest first, each use with what both sides confirmed', () => {
    const uses = [newUse(), newUse({ at: '2026-11-21T02:00:00.000Z', releasedAt: null, receivedAt: null })];
    const events = eventsOf({ view, consent: newConsent({ uses }), refusals: null });
    expect(events.map(({ at }) => at)).toEqual([
      '2026-11-21T02:00:00.000Z',
      '2026-11-20T02:00:00.000Z',
      '2026-11-19T02:00:00.000Z',
    ]);
    expect(events.map(({ acks }) => acks?.length)).toEqual([0, 2, 2]);
  });

  it('tells of an end who confirmed it and who has not yet', () => {
    const [ended] = eventsOf({ view, consent: newWithdrawn(), refusals: null });
    expect(ended).toMatchObject({
      title: 'Withdrawn',
      acks: ['Pengwan Credit confirmed the end'],
      text: 'Tsing Wan Bank has not confirmed the end yet',
    });
  });

  it('names only the acts she agreed to', () => {
    const acts = [
      { kind: 'sensitive' as const, answer: 'agree' as const, at: '2026-11-19T02:00:00.000Z' },
      { kind: 'overseas' as const, answer: 'refuse' as const, at: '2026-11-19T02:00:00.000Z' },
    ];
    const events = eventsOf({ view, consent: newConsent({ acts, uses: [] }), refusals: null });
    expect(events.at(-1)?.acks).toEqual([t('en').acts.sensitive.title]);
  });

  it('tells of refused requests among the uses, each with its evidence once it has ended', () => {
    const uses = [newUse(), newUse({ at: '2026-11-21T02:00:00.000Z', receivedAt: null })];
    const consent = newConsent({ uses });
    const refusal = { dataRequestId: uses[0]!.dataRequestId as never, at: '2026-11-20T12:00:00.000Z' };
    const events = eventsOf({ view, consent, refusals: [{ ...refusal, outcome: 'refused' }] });
    expect(events.map(({ title }) => title)).toEqual([
      'Use 2',
      'A request by Tsing Wan Bank was refused; nothing was sent',
      'Use 1',
      'Allowed',
    ]);
    const file = `/consents/${consent.id}/exchanges/${uses[0]!.dataRequestId}/evidence.json`;
    expect(events.map(({ link }) => link?.href)).toEqual([undefined, file, file, undefined]);
  });

  it('is empty for one that was never given', () => {
    expect(
      eventsOf({ view, consent: newConsent({ state: 'pending', givenAt: null, uses: [] }), refusals: null }),
    ).toEqual([]);
  });
});

describe('what happened lately', () => {
  it('is told newest first, whatever order uses come in', () => {
    const uses = [newUse(), newUse({ at: '2026-11-21T02:00:00.000Z', receivedAt: null })];
    const told = happeningsIn([newConsent({ uses }), newConsent({ state: 'refused', givenAt: null, uses: [] })], view);
    expect(told.map(({ text }) => text)).toEqual([
      'Pengwan Credit released your credit report to Tsing Wan Bank',
      'Tsing Wan Bank received your credit report and signed for it',
      'You allowed Tsing Wan Bank to get your credit report',
      'You did not allow Tsing Wan Bank to get your credit report',
    ]);
  });

  it('names the last use, not the first', () => {
    const uses = [newUse({ at: '2026-11-21T02:00:00.000Z' }), newUse()];
    expect(summarise(newConsent({ uses }), view).lastUse).toBe('yesterday 10:00');
    expect(summarise(newConsent({ uses: uses.toReversed() }), view).lastUse).toBe('yesterday 10:00');
  });
});

describe('choices of reading', () => {
  const here = { BASE_URL: 'https://portal.example', JURISDICTION: 'hk' } as const;
  const asked = (query: Record<string, string>, cookie = '') => {
    const request = { query, headers: { cookie, 'accept-language': 'fr' }, originalUrl: '/' } as never;
    const kept: string[] = [];
    const response = { cookie: (name: string, value: string) => kept.push(`${name}=${value}`) } as never;
    rememberChoices(here)(request, response, () => undefined);
    const { language, textSize } = viewOf(request, here);
    return { language, textSize, kept };
  };

  it('hold for the next page, are bound to the host, and only known ones are kept', () => {
    expect(asked({ ui_locales: 'pt', text: 'large' })).toEqual({
      language: 'pt',
      textSize: 'large',
      kept: ['__Host-hk_console_language=pt', '__Host-hk_console_text=large'],
    });
    expect(asked({}, '__Host-hk_console_language=pt; __Host-hk_console_text=large')).toEqual({
      language: 'pt',
      textSize: 'large',
      kept: [],
    });
    expect(asked({ ui_locales: '"><script>', text: 'huge' })).toMatchObject({ textSize: 'normal', kept: [] });
  });
});

describe('safePath', () => {
  it.each(['/', '/consents/1?ui_locales=pt', '/?ui_locales=en&text=large#withdraw'])('goes to %s', (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([
    undefined,
    '',
    'consents',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/x\r\nset-cookie: a=b',
    '/@evil.example',
    'javascript:alert(1)',
    `/${'a'.repeat(300)}`,
  ])('goes home instead of %j', (path) => {
    expect(safePath(path)).toBe('/');
  });

  it('never leaves the site, whatever was asked for', () => {
    const text = fc.string({
      unit: fc.constantFrom('/', '\\', '.', ':', '@', '%', '5', 'c', 'e', '?', '#', '\t'),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, (tail) => {
        expect(new URL(safePath(`/${tail}`), base).origin).toBe(base);
      }),
    );
  });
});

describe('isAlive', () => {
  const ago = (ms: number) => new Date(now.getTime() - ms);

  it.each([
    ['resident', 'used a moment ago', ago(1), ago(1), true],
    ['resident', 'idle just within the limit', ago(SESSION_IDLE_MS), ago(SESSION_IDLE_MS - 1), true],
    ['resident', 'idle for the limit', ago(SESSION_IDLE_MS), ago(SESSION_IDLE_MS), false],
    ['resident', 'busy just within its life', ago(SESSION_LIFE_MS - 1), ago(1), true],
    ['resident', 'busy for its whole life', ago(SESSION_LIFE_MS), ago(1), false],
    ['administrator', 'idle just within the limit', ago(SESSION_IDLE_MS), ago(ADMIN_IDLE_MS - 1), true],
    ['administrator', 'idle for the limit', ago(SESSION_IDLE_MS), ago(ADMIN_IDLE_MS), false],
  ] as const)('of a session of a %s %s', (kind, _what, createdAt, seenAt, alive) => {
    expect(isAlive({ kind, createdAt, seenAt }, now)).toBe(alive);
  });
});

describe('cookies', () => {
  const request = (cookie?: string) => ({ headers: { cookie } }) as Parameters<typeof readCookie>[0];

  it('carry jurisdiction and service in their names, and are bound to the host over HTTPS', () => {
    expect(cookieName('http://localhost:4340', 'cn', 'session')).toBe('cn_console_session');
    expect(cookieName('https://portal.example', 'hk', 'sign_in')).toBe('__Host-hk_console_sign_in');
  });

  it('are found by their whole name, with whatever their value holds', () => {
    expect(readCookie(request('a=1; cn_console_session=x=y==; b=2'), 'cn_console_session')).toBe('x=y==');
    expect(readCookie(request('xcn_console_session=1'), 'cn_console_session')).toBeUndefined();
    expect(readCookie(request(), 'cn_console_session')).toBeUndefined();
  });
});

describe('the portal’s own words', () => {
  const never = {
    'zh-Hant': ['大陸', '中港', '違規', '非法', '禁止', '取消', '刪除'],
    'zh-Hans': ['大陆', '中港', '违规', '非法', '禁止', '取消', '删除'],
    pt: ['ilegal', 'você', 'cancelar', 'revogar'],
    en: ['illegal', 'blocked', 'denied', 'rejected', 'failed', 'cancel', 'revoke', 'overseas', 'abroad', 'simply'],
  } as const;

  it.each(LANGUAGES)('keep to the rules in %s', (language) => {
    const breaking = Object.entries(words[language]).filter(
      ([, text]) =>
        /[!！]/.test(text) || /你/.test(text) || never[language].some((word) => text.toLowerCase().includes(word)),
    );
    expect(breaking).toEqual([]);
  });

  it.each(LANGUAGES)('are short sentences in %s', (language) => {
    const sentences = Object.values(words[language]).flatMap((text) => text.split(/[.。]/));
    const size = (text: string) => (language.startsWith('zh') ? text.length : text.trim().split(/\s+/).length);
    const longest = Math.max(...sentences.map(size));
    expect(longest).toBeLessThanOrEqual(language.startsWith('zh') ? 35 : 20);
  });

  it.each(LANGUAGES.filter((language) => language !== 'en'))('repeat no English in %s', (language) => {
    for (const [key, text] of Object.entries(words.en))
      expect(words[language][key as keyof typeof words.en]).not.toBe(text);
  });
});
