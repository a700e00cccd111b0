import { Digest, Instant, Jurisdiction, Language, LANGUAGES, Purpose } from '@bayway/domain';
import { z } from 'zod';

const CORRIDOR = `(${Jurisdiction.options.join('|')})-(${Jurisdiction.options.join('|')})`;
/** A notice's name: dataset, purpose and corridor, such as `credit-report/credit-underwriting/cn-hk`, or `general/cn-hk`. */
export const NoticeId = z
  .string()
  .max(100)
  .regex(new RegExp(`^(general|[a-z][a-z0-9-]{1,39}/(${Purpose.options.join('|')}))/${CORRIDOR}$`));

const text = z.string().min(1).max(400);
/** What a notice says in one language; words in `{braces}` are filled in. */
export const NoticeTexts = z.strictObject({
  question: text,
  limit: text,
  purpose: text,
  purposeFor: text,
  purposePhrase: text.nullable(),
  notMarketing: text,
  how: text,
  kept: text,
  rights: text,
  nothingElse: text,
  leftOut: text,
  necessity: text,
  ifYes: text,
  importer: text,
});
export type NoticeTexts = z.infer<typeof NoticeTexts>;

const inLanguages = <T extends z.ZodType>(shape: T) =>
  z.strictObject(
    Object.fromEntries(LANGUAGES.map((language) => [language, shape])) as Record<(typeof LANGUAGES)[number], T>,
  );

/** What she agreed to, in the law's headings; a change of one asks for her consent again. */
export const Matter = z.enum(['purpose', 'method', 'categories', 'recipient', 'place']);
export type Matter = z.infer<typeof Matter>;
export const Materiality = z.enum(['ask-again', 'inform', 'nothing']);
export type Materiality = z.infer<typeof Materiality>;

/** Body of `PUT /admin/notices/draft`: may be unfinished, a language or part may be missing. */
export const DraftNotice = z.strictObject({ id: NoticeId, texts: inLanguages(NoticeTexts.partial()).partial() });
export type DraftNotice = z.infer<typeof DraftNotice>;

/** Body of `POST /admin/notices/publication`. Absent: at once. */
export const PublishNotice = z.strictObject({ id: NoticeId, effectiveFrom: Instant.optional() });
export type PublishNotice = z.infer<typeof PublishNotice>;

/** What a draft lacks, and what its publication would mean. */
export const NoticeDifference = z.object({
  id: NoticeId,
  /** The version that it would follow. */
  version: z.int(),
  faults: z.array(z.object({ language: Language, part: z.string().max(40), fault: z.string().max(100) })).max(60),
  materiality: Materiality.nullable(),
  matters: z.array(Matter).max(5),
  /** Consents in force that rest on earlier versions. */
  affected: z.int(),
});
export type NoticeDifference = z.infer<typeof NoticeDifference>;

export const NoticeVersionView = z.object({
  id: NoticeId,
  version: z.int(),
  digest: Digest,
  materiality: Materiality,
  matters: z.array(Matter).max(5),
  effectiveFrom: Instant,
  publishedAt: Instant,
  texts: inLanguages(NoticeTexts),
});
export type NoticeVersionView = z.infer<typeof NoticeVersionView>;
export const NoticeVersionList = z.object({ items: z.array(NoticeVersionView).max(100) });
export type NoticeVersionList = z.infer<typeof NoticeVersionList>;

/** The page as a resident would read it, with example parties. */
export const NoticePreview = z.object({ title: z.string().max(300), html: z.string().max(60_000) });
export type NoticePreview = z.infer<typeof NoticePreview>;
