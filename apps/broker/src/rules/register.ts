import { DomainError, type RuleLine, type RulesView, type RuleView } from '@bayway/contracts';
import { bayDay, type Language } from '@bayway/domain';
import {
  CHANNELS,
  FORBID_SENTENCES,
  isInForce,
  OBLIGATIONS,
  packs,
  QUESTIONS,
  RULE_CASES,
  ruleSheets,
  STEPS,
  type RuleSheet,
  type RuleUse,
  type Text,
} from '@bayway/trust-rules';

type Exercised = Readonly<{ id: string; title: string; outcome: string; decided: boolean }>;

const SHEETS = new Map<string, RuleSheet>(ruleSheets().map((sheet) => [sheet.id, sheet]));
/** Rules of one instrument stand together, whichever pack states them. */
const BY_INSTRUMENT = new Map<string, RuleSheet[]>();
for (const sheet of SHEETS.values())
  BY_INSTRUMENT.set(sheet.instrument.en, [...(BY_INSTRUMENT.get(sheet.instrument.en) ?? []), sheet]);
const EXERCISED = new Map<string, Exercised[]>();
for (const [id, title, outcome, decides, cites] of RULE_CASES)
  for (const [rules, decided] of [[decides, true] as const, [cites, false] as const])
    for (const rule of rules.split(' '))
      EXERCISED.set(rule, [...(EXERCISED.get(rule) ?? []), { id, title, outcome, decided }]);

/** The names of what each effect leads to. */
const SAYS: Readonly<Partial<Record<RuleUse['effect'], Readonly<Record<string, Text>>>>> = {
  hold: STEPS,
  forbid: FORBID_SENTENCES,
  escalate: QUESTIONS,
  obligation: OBLIGATIONS,
};

/** Every instrument with its rules, as they stand on a day. */
export const rulesOn = (now: Date, language: Language): RulesView => ({
  ...packs,
  cases: RULE_CASES.length,
  instruments: [...BY_INSTRUMENT.values()].map((sheets) => ({
    name: sheets[0]?.instrument[language] ?? '',
    rules: sheets.map((sheet) => lineOf(sheet, now, language)),
  })),
});

/** One rule with its uses and cases. @throws DomainError `rule-not-found` */
export function ruleOn(id: string, now: Date, language: Language): RuleView {
  const sheet = SHEETS.get(id);
  if (!sheet) throw new DomainError('rule-not-found', { rule: id });
  return {
    ...lineOf(sheet, now, language),
    instrument: sheet.instrument[language],
    uses: sheet.uses.map((use) => ({
      effect: use.effect,
      code: use.code ?? null,
      says: SAYS[use.effect]?.[use.code ?? '']?.[language] ?? null,
      channels: use.channels.map((channel) => CHANNELS[channel][language]),
      section: use.section,
      when: [...use.when],
    })),
    tests: EXERCISED.get(id) ?? [],
  };
}

function lineOf(sheet: RuleSheet, now: Date, language: Language): RuleLine {
  const cases = EXERCISED.get(sheet.id) ?? [];
  return {
    id: sheet.id,
    article: sheet.articleText[language],
    text: sheet.text[language],
    effectiveFrom: sheet.effectiveFrom,
    effectiveTo: sheet.effectiveTo,
    isInForce: isInForce(sheet, bayDay(now)),
    status: sheet.status,
    verification: sheet.verification,
    systems: [...sheet.systems],
    direction: sheet.direction,
    supersededBy: sheet.supersededBy ?? null,
    provisions: sheet.uses.length,
    cases: { cited: cases.length, decided: cases.filter(({ decided }) => decided).length },
  };
}
