import { describe, expect, it } from '@jest/globals';
import type { ActClaims, DomainError } from '@bayway/contracts';
import { renderFragment } from '@bayway/design';
import { ActKind, DataCategory, LANGUAGES, type Jurisdiction } from '@bayway/domain';
import { CATEGORIES, decide, Facts, requiredActs as actsOfLaw } from '@bayway/trust-rules';
import { createElement } from 'react';
import { agency, bank, corridors, items, newDetail } from '../../test/factories.js';
import { noticeFor } from '../notices/notice.js';
import { assertAnswers, nameOfActor, requiredActs, type Ask } from './ask.js';
import { AskPage } from './ask-page.js';
import { wordsOf } from './ask-words.js';

const PLACES: Readonly<Record<Jurisdiction, string>> = { hk: 'HK', mo: 'MO', cn: 'CN-440300' };
const BASES = ['consent', 'contract', 'legal-duty', 'public-task'] as const;
/** The age of a person; of an organisation none. */
const AGES = [13, 14, 30, 'organisation'] as const;
const TODAY = '2026-11-22';
type Case = Readonly<{
  from: Jurisdiction;
  to: Jurisdiction;
  category: DataCategory;
  age: (typeof AGES)[number];
  basis: (typeof BASES)[number];
}>;

const cases: Case[] = corridors.flatMap(([from, to]) =>
  DataCategory.options.flatMap((category) =>
    AGES.flatMap((age) => BASES.map((basis) => ({ from, to, category, age, basis }))),
  ),
);

const factsOf = ({ from, to, category, age, basis }: Case): Facts =>
  Facts.parse({
    asOf: TODAY,
    channel: 'transfer',
    exporter: { place: PLACES[from], kind: category === 'credit-report' ? 'credit-agency' : 'company' },
    importer: { place: to === 'cn' && from === 'cn' ? 'CN-440100' : PLACES[to], kind: 'bank' },
    ...(age === 'organisation' ? {} : { subject: { bornOn: `${2026 - age}${TODAY.slice(4)}` } }),
    data: {
      items: [{ id: 'it', category, necessary: true }],
      form: age === 'organisation' ? 'non-personal' : 'identifiable',
      importantData: 'not-declared',
    },
    purpose: { code: 'credit-underwriting' },
    basis: { kind: basis },
  });

/** What the articles say, in a table of our own: Mainland law, where the exporter is there and the basis is consent. */
function mainlandActs({ to, category, age, basis }: Case): ActKind[] {
  // Without consent as the basis nothing is asked of anybody (PIPL 13), so that nothing is asked too much.
  if (basis !== 'consent') return [];
  // No law on personal data is about an organisation: whoever signs for it is asked once, by a rule of Bayway.
  if (age === 'organisation') return ['signatory'];
  return [
    'other-handler', // PIPL 23: the recipient decides for itself what it does
    // PIPL 28 and 29: whatever concerns one under fourteen is sensitive.
    ...(CATEGORIES[category].sensitiveCn || age < 14 ? (['sensitive'] as const) : []),
    ...(to === 'cn' ? [] : (['overseas'] as const)), // PIPL 39
    ...(category === 'credit-report' ? (['written'] as const) : []), // Regulation on the Credit Reporting Industry 18
    ...(age < 14 ? (['guardian'] as const) : []), // PIPL 31
  ];
}

/** The law leaves the item in the request: what it takes out, nobody is asked about. */
const goesOn = (each: Case): boolean => decide(factsOf(each)).droppedItems.length === 0;

const sorted = (kinds: readonly ActKind[]): ActKind[] =>
  [...kinds].sort((a, b) => ActKind.options.indexOf(a) - ActKind.options.indexOf(b));
const asked = (each: Case) => {
  const facts = factsOf(each);
  const acts = actsOfLaw(decide(facts), facts).map(({ kind, rules }) => ({ kind, rules: [...rules] }));
  // Both brokers decide over the same facts and sign the same acts.
  return requiredActs([{ acts }, { acts }]);
};

const at = new Date(`${TODAY}T08:00:00Z`);
const askOf = (acts: Ask['acts'], subjectKind: Ask['subjectKind']): Ask => ({
  id: 'ask',
  digest: 'digest',
  subjectKind,
  subjectId: 'she',
  actorId: subjectKind === 'organisation' ? 'signs' : null,
  acts,
  items,
  level: 3,
  createdAt: at,
  expiresAt: new Date(at.getTime() + 1_800_000),
  answeredAt: null,
});
const shown = [{ digest: 'page', language: 'en' }];
const given = (act: ActKind, kind: Ask['subjectKind']): ActClaims =>
  ({
    iss: 'cn/identity',
    jti: act,
    iat: at.getTime() / 1000 + 1,
    askId: 'ask',
    askDigest: 'digest',
    shownDigest: 'page',
    language: 'en',
    act,
    answer: 'agree',
    subject: { kind, handle: 'her handle' },
    ...(kind === 'organisation' ? { by: nameOfActor('ask', 'signs') } : {}),
    level: 3,
  }) as unknown as ActClaims;
const takes = (acts: Ask['acts'], answers: readonly ActKind[], { age }: Case): string => {
  const kind = age === 'organisation' ? 'organisation' : 'person';
  try {
    const acted = answers.map((act) => given(act, kind));
    assertAnswers(askOf(acts, kind), shown, { answers: acted, handle: 'her handle' });
    return 'taken';
  } catch (error) {
    return (error as DomainError).code;
  }
};

describe('acts given are acts required', () => {
  it(`in each of ${cases.length} combinations of corridor, category, age and basis: neither fewer nor more are taken`, () => {
    for (const each of cases) {
      const acts = asked(each);
      if (acts.length === 0) continue;
      const kinds = acts.map(({ kind }) => kind);
      expect(new Set(kinds).size).toBe(kinds.length);
      expect([each, takes(acts, kinds, each)]).toEqual([each, 'taken']);
      for (const left of kinds) {
        const fewer = kinds.filter((kind) => kind !== left);
        expect([each, takes(acts, fewer, each)]).toEqual([each, 'acts-incomplete']);
      }
      const more = ActKind.options.find((kind) => !kinds.includes(kind)) as ActKind;
      expect([each, takes(acts, [...kinds, more], each)]).toEqual([each, 'act-invalid']);
    }
  });

  it('and those of Mainland law are those of its articles', () => {
    const mainland = cases.filter((each) => each.from === 'cn' && goesOn(each));
    const differing = mainland
      .map((each) => ({ each, found: asked(each).map(({ kind }) => kind), articles: sorted(mainlandActs(each)) }))
      .filter(({ found, articles }) => JSON.stringify(sorted(found)) !== JSON.stringify(articles));
    expect(differing).toEqual([]);
  });

  it('a guardian’s act is asked for one under fourteen, and for nobody else', () => {
    for (const each of cases.filter((each) => each.from === 'cn' && each.basis === 'consent' && goesOn(each)))
      expect([each, asked(each).some(({ kind }) => kind === 'guardian')]).toEqual([each, each.age === 13]);
  });

  it('a signatory’s act, and no other, is asked for an organisation in every corridor on consent, and for no person', () => {
    for (const each of cases) {
      const kinds = asked(each).map(({ kind }) => kind);
      const expected = each.basis === 'consent' ? ['signatory'] : [];
      if (each.age === 'organisation') expect([each, kinds]).toEqual([each, expected]);
      else expect([each, kinds.includes('signatory')]).toEqual([each, false]);
    }
  });
});

describe('the page has one question for each act', () => {
  const sets = new Map(
    cases
      .map(asked)
      .filter((acts) => acts.length > 0)
      .map((acts) => [JSON.stringify(acts), acts]),
  );

  it.each(LANGUAGES)(
    `in %s, for each of the sets that the law can ask for; nothing is chosen beforehand`,
    (language) => {
      expect(sets.size).toBeGreaterThan(8);
      for (const acts of sets.values()) {
        const ask = {
          detail: newDetail(),
          parties: { holder: agency, recipient: bank, dataset: { id: 'credit-report', name: bank.name } },
          items,
          dropped: [],
          acts,
          expiresAt: at,
          notice: noticeFor(newDetail()),
        };
        const html = renderFragment(
          createElement(AskPage, { words: wordsOf(ask as never, language, { displayName: 'Chan Mei Yee' }) }),
        );
        const asks = [...html.matchAll(/name="act\.([a-z-]+)" value="agree"|value="agree" name="act\.([a-z-]+)"/g)].map(
          ([, a, b]) => a ?? b,
        );
        const named = [...new Set([...html.matchAll(/name="act\.([a-z-]+)"/g)].map(([, kind]) => kind))];
        expect(named).toEqual(acts.map(({ kind }) => kind));
        if (asks.length > 0) expect(asks).toEqual(named);
        expect(html).not.toMatch(/\schecked/);
      }
    },
  );
});
