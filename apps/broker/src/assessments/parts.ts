import assert from 'node:assert/strict';
import {
  DataCategory,
  InstrumentKind,
  ItemId,
  PartyKind,
  Place,
  Purpose,
  Sector,
  type SubjectFacts,
} from '@bayway/domain';
import { CATEGORIES } from '@bayway/trust-rules';
import { z } from 'zod';
import type { AuthorisationEntity } from '../participants/authorisation.entity.js';
import type { DatasetEntity } from '../participants/dataset.entity.js';
import type { ImpactAssessmentEntity } from '../participants/impact-assessment.entity.js';
import type { InstrumentEntity } from '../participants/instrument.entity.js';
import type { DatasetAnswer, DatasetItem } from '../participants/participants-file.js';
import type { PartyEntity } from '../participants/party.entity.js';

const side = {
  place: Place,
  kind: PartyKind,
  sector: Sector.optional(),
  role: z.enum(['independent', 'entrusted']),
};

/** What only the recipient's side knows, in the format of the trust rules. It says nothing beyond its own group. */
export const ImporterPart = z.strictObject({ importer: z.strictObject(side) });
export type ImporterPart = z.infer<typeof ImporterPart>;

const days = z.array(z.iso.date()).max(60);
const count = z.int().min(0).max(2_000_000_000);

/** What only the holder's side knows and may tell: never who the subject is, nor her birthday. */
export const ExporterPart = z.strictObject({
  exporter: z.strictObject({ ...side, ciio: z.boolean().optional() }),
  data: z.strictObject({
    form: z.enum(['identifiable', 'non-personal']),
    items: z
      .array(
        z.strictObject({
          id: ItemId,
          category: DataCategory,
          necessary: z.boolean(),
          sensitive: z.literal(true).optional(),
        }),
      )
      .min(1)
      .max(100),
    importantData: z.literal('not-declared'),
    collectedFor: Purpose.optional(),
  }),
  instrument: z
    .strictObject({
      kind: InstrumentKind,
      effectiveOn: z.iso.date(),
      validUntil: z.iso.date().optional(),
      filedOn: z.iso.date().optional(),
      filedWith: z.enum(['guangdong-cac', 'hk-dpo', 'macao-dspdp', 'provincial-cac']).optional(),
      scopeMatches: z.boolean(),
      templateUnaltered: z.boolean(),
    })
    .optional(),
  impactAssessment: z.strictObject({ doneOn: z.iso.date().optional() }),
  /** What the authority of Macao was told of this transfer. */
  authorisations: z
    .strictObject({ dspdpNotifiedOn: z.iso.date().optional(), dspdpAuthorisedOn: z.iso.date().optional() })
    .optional(),
  counters: z.strictObject({ general: count, sensitive: count }),
  /** Working days of the side that files the instrument, as far as its filing needs them. */
  calendar: z.strictObject({ holidays: days, makeUpDays: days }).optional(),
});
export type ExporterPart = z.infer<typeof ExporterPart>;

const sideOf = ({ place, kind, sector, role }: PartyEntity) => ({ place, kind, ...(sector ? { sector } : {}), role });

/** The importer's part for a recipient. */
export const importerPart = (recipient: PartyEntity): ImporterPart => ({ importer: sideOf(recipient) });

/** Whether an item is sensitive under the law of the Mainland (PIPL 28): by its category, or because its holder says so. */
export const isSensitive = ({ category, sensitive }: DatasetItem): boolean =>
  sensitive || CATEGORIES[category].sensitiveCn;

/** An answer says something of the category of the items it is drawn from, as sensitive as the most sensitive of them. */
export function asItem(
  { id, name, of, necessaryFor }: DatasetAnswer,
  { items }: Pick<DatasetEntity, 'items'>,
): DatasetItem {
  const sources = items.filter((item) => of.includes(item.id));
  const [first] = sources;
  assert(first, 'an answer is drawn from an item: the participants file was checked');
  const sensitive = sources.some((item) => item.sensitive);
  return { id, name, category: first.category, sensitive, ...(necessaryFor ? { necessaryFor } : {}) };
}

/** What the exporter's part is made from. */
export type Offered = Readonly<{
  holder: PartyEntity;
  dataset: DatasetEntity;
  items: readonly DatasetItem[];
  purpose: Purpose;
  instrument: InstrumentEntity | null;
  impactAssessment: ImpactAssessmentEntity | null;
  authorisation: AuthorisationEntity | null;
  counters: ExporterPart['counters'];
  calendar: ExporterPart['calendar'] | null;
  subject?: SubjectFacts | undefined;
}>;

/** The exporter's part for one request. */
export function exporterPart(offered: Offered): ExporterPart {
  const { holder, dataset, items, purpose, instrument, impactAssessment, authorisation, counters, calendar } = offered;
  // The standard contracts are about personal information; none is relied on for a record of an organisation.
  const aboutOrganisation = isAboutOrganisation(offered);
  return {
    exporter: { ...sideOf(holder), ...(holder.ciio === null ? {} : { ciio: holder.ciio }) },
    data: {
      form: aboutOrganisation ? 'non-personal' : 'identifiable',
      items: items.map((item) => ({
        id: item.id,
        category: item.category,
        necessary: item.necessaryFor?.includes(purpose) ?? true,
        ...(item.sensitive ? { sensitive: true as const } : {}),
      })),
      importantData: 'not-declared',
      ...(dataset.collectedFor ? { collectedFor: dataset.collectedFor } : {}),
    },
    ...(instrument && !aboutOrganisation ? { instrument: instrumentFacts(instrument, offered) } : {}),
    impactAssessment: impactAssessment ? { doneOn: impactAssessment.doneOn } : {},
    ...(authorisation ? { authorisations: authorisationFacts(authorisation) } : {}),
    counters,
    ...(calendar ? { calendar } : {}),
  };
}

const authorisationFacts = ({ notifiedOn, authorisedOn }: AuthorisationEntity): ExporterPart['authorisations'] => ({
  ...(notifiedOn ? { dspdpNotifiedOn: notifiedOn } : {}),
  ...(authorisedOn ? { dspdpAuthorisedOn: authorisedOn } : {}),
});

/**
 * Records of companies are not personal information, whoever asks for them; while the subject is unknown, a dataset that
 * may be about persons counts as such.
 */
export const isAboutOrganisation = ({ subject, dataset }: Pick<Offered, 'subject' | 'dataset'>): boolean =>
  !dataset.subjects.includes('person') || subject?.kind === 'organisation';

type Scope = Readonly<{ dataset: Pick<DatasetEntity, 'id'>; purpose: Purpose }>;

const covers = (instrument: InstrumentEntity, { dataset, purpose }: Scope): boolean =>
  instrument.datasets.includes(dataset.id) && instrument.purposes.includes(purpose);

/** The instrument relied on: one whose scope covers the request goes before one that does not, then the latest in effect. */
export function instrumentFor(
  instruments: readonly InstrumentEntity[],
  scope: Scope & { asOf: string },
): InstrumentEntity | null {
  const rank = (i: InstrumentEntity): number => (covers(i, scope) ? 2 : 0) + (i.effectiveOn <= scope.asOf ? 1 : 0);
  return [...instruments].sort((a, b) => rank(b) - rank(a))[0] ?? null;
}

const instrumentFacts = (instrument: InstrumentEntity, scope: Scope): NonNullable<ExporterPart['instrument']> => ({
  kind: instrument.kind,
  effectiveOn: instrument.effectiveOn,
  ...(instrument.validUntil ? { validUntil: instrument.validUntil } : {}),
  ...(instrument.filedOn ? { filedOn: instrument.filedOn } : {}),
  ...(instrument.filedWith ? { filedWith: instrument.filedWith } : {}),
  scopeMatches: covers(instrument, scope),
  templateUnaltered: instrument.templateUnaltered,
});
