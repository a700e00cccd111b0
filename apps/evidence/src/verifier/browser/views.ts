/// <reference lib="dom" />
import type { ExchangeSummary, Fault, RefusalSummary, Summary } from '@bayway/bundle';
import type { Handed } from '../verifier-page.js';
import type { Words } from '../words/index.js';

type Shown = Pick<Handed, 'words' | 'language'>;

function element(name: string, className: string, ...children: (Node | string)[]): HTMLElement {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A remark in the place of a verdict. */
export const note = (text: string): HTMLElement => element('p', 'note', text);

/** `{name}` in a sentence, filled in. */
const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '');

function facts(pairs: readonly (readonly [string, string])[]): HTMLElement {
  const rows = pairs.map(([label, value]) => element('div', '', element('dt', '', label), element('dd', '', value)));
  return element('dl', 'facts', ...rows);
}

type Pair = readonly [string, string];

/** What a bundle that holds shows. */
export function validView(summary: Summary, shown: Shown): HTMLElement {
  const { words, language } = shown;
  const { facts: labels, sides } = words;
  const logs = summary.logs.map(({ side, size, witnesses }): Pair => {
    const by = witnesses.map((witness) => sides[witness.by]).join(', ');
    return [
      fill(labels.log, { side: sides[side] }),
      fill(labels.witnessed, { size: size.toLocaleString(language), witnesses: by }),
    ];
  });
  const isRefusal = summary.about === 'refusal';
  const pairs: Pair[] = [
    [labels.record, `${summary.dataset}: ${summary.items.join(', ')}`],
    [isRefusal ? labels.keeper : labels.holder, `${summary.holder}, ${sides[summary.exporter]}`],
    [isRefusal ? labels.asker : labels.recipient, `${summary.recipient}, ${sides[summary.importer]}`],
    [labels.purpose, summary.purpose],
    [labels.requested, timeIn(shown)(summary.requestedAt)],
    ...(isRefusal ? endOf(summary, shown) : courseOf(summary, shown)),
    ...rulesOf(summary, shown),
    ...logs,
    [labels.request, summary.dataRequestId],
  ];
  const title = isRefusal ? words.validRefusal : words.valid;
  return section([words.validTag, 'tag tag--ok'], title, facts(pairs));
}

const timeIn =
  ({ language }: Shown) =>
  (at: string): string =>
    new Date(at).toLocaleString(language, {
      dateStyle: 'long',
      timeStyle: 'medium',
      hourCycle: 'h23',
      timeZone: 'Asia/Hong_Kong',
    }) + ' (+08:00)';

function courseOf(summary: ExchangeSummary, shown: Shown): Pair[] {
  const { facts: labels } = shown.words;
  const when = timeIn(shown);
  return [
    [labels.consent, when(summary.consentGivenAt)],
    [labels.permitted, when(summary.permittedAt)],
    [labels.released, when(summary.releasedAt)],
    [labels.received, when(summary.receivedAt)],
  ];
}

function endOf({ by, outcome, problem, rule }: RefusalSummary, { words }: Shown): Pair[] {
  const { facts: labels, sides } = words;
  return [
    [labels[outcome], sides[by]],
    [labels.because, rule === null ? problem : `${problem}, ${rule}`],
  ];
}

/** What each side's rules said; of a side that is both, or that made no assessment, nothing more. */
function rulesOf(summary: Summary, { words }: Shown): Pair[] {
  const roles = summary.importer === summary.exporter ? (['importer'] as const) : (['importer', 'exporter'] as const);
  return roles.flatMap((role): Pair[] => {
    const said = summary.assessments[role];
    if (!said) return [];
    const label = fill(words.facts.rules, { side: words.sides[summary[role]] });
    return [[label, `${said.outcome}, ${said.pack}: ${said.because.join(', ')}`]];
  });
}

/** Why a bundle does not hold. */
export function invalidView({ check, name, at }: Fault, words: Words): HTMLElement {
  const what = facts([
    [words.why, words.reasons[REASON_OF[check]]],
    [words.check, `${check} (${name})`],
    [words.at, at || words.wholeFile],
  ]);
  return section([words.invalidTag, 'tag tag--bar'], words.invalid, element('p', '', words.invalidLead), what);
}

function section([tag, look]: readonly [string, string], title: string, ...content: HTMLElement[]): HTMLElement {
  const heading = element('h2', '', title);
  return element('section', 'card stack', element('div', '', element('span', look, tag)), heading, ...content);
}

/** What each check of `docs/evidence-bundle.md` is about, in words for everybody. */
const REASON_OF: Readonly<Record<Fault['check'], keyof Words['reasons']>> = {
  ...({ 1: 'form', 2: 'form', 3: 'form', 4: 'form', 20: 'form' } as const),
  ...({ 5: 'key', 6: 'key', 7: 'key', 10: 'key', 19: 'key' } as const),
  ...({ 8: 'log', 9: 'log', 17: 'log', 18: 'log' } as const),
  ...({ 11: 'object', 12: 'object', 13: 'object', 14: 'object', 15: 'object' } as const),
  16: 'link',
};
