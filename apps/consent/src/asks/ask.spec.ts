import { describe, expect, it } from '@jest/globals';
import { DomainError, type ActClaims } from '@bayway/contracts';
import { ActKind, type RequiredAct } from '@bayway/domain';
import fc from 'fast-check';
import { items } from '../../test/factories.js';
import { assertAnswers, assertOpen, chosenItems, requiredActs, type Ask } from './ask.js';

const at = new Date('2026-11-22T08:00:00Z');
const ask: Ask = {
  id: 'ask',
  digest: 'digest',
  subjectKind: 'person',
  subjectId: 'she',
  actorId: null,
  acts: [
    { kind: 'other-handler', rules: ['CN.PIPL.23'] },
    { kind: 'overseas', rules: ['CN.PIPL.39'] },
  ],
  items,
  level: 3,
  createdAt: at,
  expiresAt: new Date(at.getTime() + 1_800_000),
  answeredAt: null,
};
const shown = [
  { digest: 'english', language: 'en' },
  { digest: 'chinese', language: 'zh-Hant' },
];
const answer = (act: ActKind, over: Record<string, unknown> = {}): ActClaims =>
  ({
    iss: 'cn/identity',
    jti: act,
    iat: at.getTime() / 1000 + 60,
    askId: 'ask',
    askDigest: 'digest',
    shownDigest: 'english',
    language: 'en',
    act,
    answer: 'agree',
    subject: { kind: 'person', handle: 'her handle' },
    level: 3,
    ...over,
  }) as ActClaims;
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as DomainError).code;
  }
};
const check = (...answers: ActClaims[]): string =>
  codeOf(() => assertAnswers(ask, shown, { answers, handle: 'her handle' }));
const first = answer('other-handler');

describe('answers', () => {
  it('are taken when they are exactly those asked for', () => {
    expect(check(first, answer('overseas', { answer: 'refuse' }))).toBe('accepted');
    const chinese = { shownDigest: 'chinese', language: 'zh-Hant' };
    expect(check(answer('other-handler', chinese), answer('overseas', chinese))).toBe('accepted');
  });

  it.each([
    ['one is missing', [first], 'acts-incomplete'],
    ['one is given twice', [first, answer('other-handler', { jti: 'x' })], 'act-invalid'],
    ['one signed act stands for two', [first, answer('overseas', { jti: 'other-handler' })], 'act-invalid'],
    ['one is not among those asked for', [first, answer('overseas'), answer('sensitive')], 'act-invalid'],
    ['one is to another ask', [first, answer('overseas', { askId: 'another' })], 'act-invalid'],
    ['one has another ask digest', [first, answer('overseas', { askDigest: 'another' })], 'act-invalid'],
    ['one is about bytes never shown', [first, answer('overseas', { shownDigest: 'another' })], 'act-invalid'],
    ['one claims another language', [first, answer('overseas', { language: 'pt' })], 'act-invalid'],
    [
      'they are about different pages',
      [first, answer('overseas', { shownDigest: 'chinese', language: 'zh-Hant' })],
      'act-invalid',
    ],
    [
      'one is another subject’s',
      [first, answer('overseas', { subject: { kind: 'person', handle: 'his handle' } })],
      'act-invalid',
    ],
    [
      'one is an organisation’s',
      [first, answer('overseas', { subject: { kind: 'organisation', handle: 'her handle' } })],
      'act-invalid',
    ],
    ['one is older than the ask', [first, answer('overseas', { iat: at.getTime() / 1000 - 61 })], 'act-invalid'],
    [
      'one is younger than the ask lives',
      [first, answer('overseas', { iat: at.getTime() / 1000 + 1800 })],
      'act-invalid',
    ],
    ['her sign-in is too weak', [first, answer('overseas', { level: 2 })], 'level-too-low'],
  ])('are refused when %s', (_name, answers, code) => {
    expect(check(...answers)).toBe(code);
  });

  it('are hers to give, once, in time', () => {
    const open = (over: Partial<Ask>, actor = 'she', now = at) =>
      codeOf(() => assertOpen({ ...ask, ...over }, actor, now));
    expect(open({})).toBe('accepted');
    expect(open({}, 'he')).toBe('ask-not-found');
    expect(open({ answeredAt: at })).toBe('ask-answered');
    expect(open({}, 'she', ask.expiresAt)).toBe('ask-expired');
  });
});

describe('items', () => {
  it('are the necessary ones and those she added', () => {
    expect(chosenItems(ask, []).map((item) => item.id)).toEqual(['subject-name', 'repayment-history', 'defaults']);
    expect(chosenItems(ask, ['enquiries']).at(-1)?.id).toBe('enquiries');
  });
  it.each(['defaults', 'public-records'])('that were not hers to choose are refused: %s', (id) => {
    expect(codeOf(() => chosenItems(ask, [id]))).toBe('item-unknown');
  });
});

describe('required acts', () => {
  const acts = fc.array(
    fc.record({
      kind: fc.constantFrom(...ActKind.options),
      rules: fc.array(fc.constantFrom('A', 'B', 'C'), { minLength: 1, maxLength: 3 }),
    }),
    { maxLength: 10 },
  ) as fc.Arbitrary<RequiredAct[]>;

  it('are those of both sides, each kind once with every rule, in one order', () => {
    fc.assert(
      fc.property(acts, acts, (own, peer) => {
        const required = requiredActs([{ acts: own }, { acts: peer }]);
        const kinds = required.map(({ kind }) => kind);
        expect(new Set(kinds)).toEqual(new Set([...own, ...peer].map(({ kind }) => kind)));
        expect(kinds).toEqual(
          [...new Set(kinds)].sort((a, b) => ActKind.options.indexOf(a) - ActKind.options.indexOf(b)),
        );
        for (const { kind, rules } of [...own, ...peer])
          expect(required.find((act) => act.kind === kind)?.rules).toEqual(expect.arrayContaining(rules));
        expect(requiredActs([{ acts: peer }, { acts: own }])).toEqual(required);
      }),
    );
  });
});
