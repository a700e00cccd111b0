/// <reference lib="dom" />
import type { Fault, Summary } from '@bayway/bundle';
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

/** What a bundle that holds shows. */
export function validView(summary: Summary, { words, language }: Shown): HTMLElement {
  const { facts: labels, sides } = words;
  const when = (at: string): string =>
    new Date(at).toLocaleString(language, {
      dateStyle: 'long',
      timeStyle: 'medium',
      hourCycle: 'h23',
      timeZone: 'Asia/Hong_Kong',
    }) + ' (+08:00)';
  const rules = (role: 'importer' | 'exporter') =>
    [
      fill(labels.rules, { side: sides[summary[role]] }),
      `${summary.assessments[role].pack}: ${summary.assessments[role].because.join(', ')}`,
    ] as const;
  const logs = summary.logs.map(({ side, size, witnesses }) => {
    const by = witnesses.map((witness) => sides[witness.by]).join(', ');
    return [
      fill(labels.log, { side: sides[side] }),
      fill(labels.witnessed, { size: size.toLocaleString(language), witnesses: by }),
    ] as const;
  });
  const pairs = [
    [labels.record, `${summary.dataset}: ${summary.items.join(', ')}`],
    [labels.holder, `${summary.holder}, ${sides[summary.exporter]}`],
    [labels.recipient, `${summary.recipient}, ${sides[summary.importer]}`],
    [labels.purpose, summary.purpose],
    [labels.requested, when(summary.requestedAt)],
    [labels.consent, when(summary.consentGivenAt)],
    [labels.permitted, when(summary.permittedAt)],
    [labels.released, when(summary.releasedAt)],
    [labels.received, when(summary.receivedAt)],
    rules('importer'),
    ...(summary.importer === summary.exporter ? [] : [rules('exporter')]),
    ...logs,
    [labels.request, summary.dataRequestId],
  ] as const;
  return section([words.validTag, 'tag tag--ok'], words.valid, facts(pairs));
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
