import { DomainError, NoticeTexts } from '@bayway/contracts';
import { LANGUAGES, type Language } from '@bayway/domain';
import { noticeFor } from './notice.js';
import type { InLanguages } from './texts.js';

type Fault = Readonly<{ language: Language; part: string; fault: string }>;
type Drafted = Readonly<Partial<Record<Language, Readonly<Partial<Record<string, string | null>>>>>>;

const blanks = (text: string): string =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(([blank]) => blank))].sort().join(' ');

/** What each part may have filled in: what the built-in notices do, in any language. */
const builtIn = [
  { dataset: 'credit-report', purpose: { code: 'credit-underwriting' } },
  { dataset: 'other', purpose: { code: 'research' } },
].map((about) => noticeFor({ ...about, exporter: 'cn', importer: 'hk' } as never).texts);
const mayFill = (part: string): Set<string> =>
  new Set(
    builtIn
      .flatMap((texts) => LANGUAGES.map((language) => (texts[language] as Record<string, string | null>)[part] ?? ''))
      .flatMap((text) => blanks(text).split(' ')),
  );

/** In which parts a sentence of one language may name what another leaves out. */
const FREE = new Set(['necessity']);

/** Everything that keeps a draft from being published: a language or part that is missing, empty, or differs in structure. */
export function faultsOf(drafted: Drafted): Fault[] {
  const parts = Object.keys(NoticeTexts.shape);
  return LANGUAGES.flatMap((language) => {
    const texts = drafted[language];
    if (texts === undefined) return [{ language, part: '*', fault: 'language is missing' }];
    const other = Object.keys(texts).filter((part) => !parts.includes(part));
    return [
      ...other.map((part) => ({ language, part, fault: 'is no part of a notice' })),
      ...parts.flatMap((part) => faultOf(drafted, language, part)),
    ];
  });
}

function faultOf(drafted: Drafted, language: Language, part: string): Fault[] {
  const [text, pattern] = [drafted[language]?.[part], drafted.en?.[part]];
  const fault = missing(text, part) ?? differing(text ?? null, pattern, part);
  return fault === null ? [] : [{ language, part, fault }];
}

function missing(text: string | null | undefined, part: string): string | null {
  if (text === undefined || (text === null && part !== 'purposePhrase')) return 'part is missing';
  return text?.trim() === '' ? 'is empty' : null;
}

function differing(text: string | null, pattern: string | null | undefined, part: string): string | null {
  if (pattern !== undefined && (text === null) !== (pattern === null)) return 'stands in some languages only';
  const named = blanks(text ?? '');
  const allowed = mayFill(part);
  if (named.split(' ').some((blank) => blank !== '' && !allowed.has(blank))) return 'names what cannot be filled in';
  return FREE.has(part) || named === blanks(pattern ?? '') ? null : 'differs from English in what is filled in';
}

/** @throws DomainError `notice-incomplete` naming every fault */
export function assertComplete(drafted: Drafted): InLanguages<NoticeTexts> {
  const faults = faultsOf(drafted);
  if (faults.length > 0) throw new DomainError('notice-incomplete', { faults: faults.slice(0, 60) });
  return drafted as InLanguages<NoticeTexts>;
}
