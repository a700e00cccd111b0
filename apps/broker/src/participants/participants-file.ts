import { readFile } from 'node:fs/promises';
import { LocalText, Requirement } from '@bayway/contracts';
import {
  AssuranceLevel,
  DataCategory,
  DatasetId,
  Day,
  InstrumentKind,
  ItemId,
  Jurisdiction,
  jurisdictionOf,
  Mode,
  ParticipantId,
  PartyKind,
  Place,
  Purpose,
  Sector,
  SubjectKind,
} from '@bayway/domain';
import { SettingError } from '@bayway/service';
import { z } from 'zod';

/** An organisation of this jurisdiction: holder, recipient or both. */
export const PartyEntry = z.strictObject({
  id: ParticipantId,
  name: LocalText,
  /** Where it is registered; never where its servers are. */
  place: Place,
  kind: PartyKind,
  sector: Sector.optional(),
  role: z.enum(['independent', 'entrusted']).default('independent'),
  /** Critical information infrastructure operator (CSL 33); absent: not known. */
  ciio: z.boolean().optional(),
  contact: z.strictObject({ role: LocalText, email: z.email().max(200) }),
  /** Where a resident may complain about it. */
  authority: LocalText,
  /** Where it is told what concerns it: `https`, or one of the broker's WEBHOOK_HOSTS. Absent: it learns by asking. */
  webhook: z
    .url({ protocol: /^https?$/ })
    .max(300)
    .optional(),
  status: z.enum(['active', 'suspended']).default('active'),
});
export type PartyEntry = z.infer<typeof PartyEntry>;

/** One item of a dataset. */
export const DatasetItem = z.strictObject({
  id: ItemId,
  name: LocalText,
  category: DataCategory,
  /** May raise what the law says of the category, never lower it. */
  sensitive: z.boolean().default(false),
  /** Purposes for which the item is necessary; absent: for every purpose. */
  necessaryFor: z.array(Purpose).max(40).optional(),
  /** The holder leaves out what lies further back than so many years (CRIR 16, PIPL 19); absent: all it has. */
  keepYears: z.int().min(1).max(100).optional(),
  /** JSON Schema 2020-12 of what the record says of the item. */
  schema: z
    .record(z.string().max(40), z.json())
    .refine((schema) => JSON.stringify(schema).length <= 20_000, 'is longer than 20 kB')
    .optional(),
});
export type DatasetItem = z.infer<typeof DatasetItem>;

/** A question that the holder answers from its record without passing the record on; its thresholds are the holder's own. */
export const DatasetAnswer = z.strictObject({
  id: ItemId,
  /** As a question whose answer is yes or no, or as what the range is of. */
  name: LocalText,
  /** Items that it is drawn from, all of one category: it says something of that category about her. */
  of: z.array(ItemId).min(1).max(10),
  necessaryFor: DatasetItem.shape.necessaryFor,
  /** JSON Schema 2020-12 of the answer. */
  schema: DatasetItem.shape.schema,
});
export type DatasetAnswer = z.infer<typeof DatasetAnswer>;

/** What a holder undertakes: milliseconds within which it releases 95 of 100 requests, and per cent of the time it answers. */
export const ServiceLevel = z.strictObject({
  p95Ms: z.int().min(1).max(600_000),
  availability: z.number().min(0).max(100),
});
export type ServiceLevel = z.infer<typeof ServiceLevel>;

/** What a holder offers. */
export const DatasetEntry = z.strictObject({
  holder: ParticipantId,
  id: DatasetId,
  name: LocalText,
  /** Whom its records are about. */
  subjects: z.array(SubjectKind).min(1).max(2).default(['person']),
  level: AssuranceLevel,
  modes: z.array(Mode).min(1).max(3),
  /** Purpose for which the holder collected the data. */
  collectedFor: Purpose.optional(),
  items: z.array(DatasetItem).min(1).max(50),
  /** What may be asked in mode `answer`. */
  answers: z.array(DatasetAnswer).max(50).default([]),
  serviceLevel: ServiceLevel.optional(),
  /** What a recipient is shown by it. */
  satisfies: z.array(Requirement).max(7).default([]),
});
export type DatasetEntry = z.infer<typeof DatasetEntry>;

/** A legal mechanism on file between a holder and one recipient abroad. */
export const InstrumentEntry = z.strictObject({
  holder: ParticipantId,
  importer: Jurisdiction,
  recipient: ParticipantId,
  kind: InstrumentKind.exclude(['none']),
  /** Day on which the last of the parties signed; not after the day of effect. */
  signedOn: Day.optional(),
  /** Contract: day of effect. Certificate or security assessment: day of issue. */
  effectiveOn: Day,
  validUntil: Day.optional(),
  filedOn: Day.optional(),
  filedWith: z.enum(['guangdong-cac', 'hk-dpo', 'macao-dspdp', 'provincial-cac']).optional(),
  templateUnaltered: z.boolean().default(true),
  /** What it covers. */
  scope: z.strictObject({ datasets: z.array(DatasetId).min(1).max(100), purposes: z.array(Purpose).min(1).max(40) }),
});
export type InstrumentEntry = z.infer<typeof InstrumentEntry>;

/** An impact assessment that the holder has done for one recipient and dataset (PIPL 55). */
export const ImpactAssessmentEntry = z.strictObject({
  holder: ParticipantId,
  importer: Jurisdiction,
  recipient: ParticipantId,
  dataset: DatasetId,
  doneOn: Day,
});
export type ImpactAssessmentEntry = z.infer<typeof ImpactAssessmentEntry>;

/** What a holder has told the authority of Macao of transfers of one dataset to one recipient (Law 8/2005, 20 to 22). */
export const AuthorisationEntry = z.strictObject({
  holder: ParticipantId,
  importer: Jurisdiction,
  recipient: ParticipantId,
  dataset: DatasetId,
  notifiedOn: Day.optional(),
  authorisedOn: Day.optional(),
});
export type AuthorisationEntry = z.infer<typeof AuthorisationEntry>;

/** The whole PARTICIPANTS_FILE. */
export const ParticipantsFile = z.strictObject({
  parties: z.array(PartyEntry).max(10_000),
  datasets: z.array(DatasetEntry).max(10_000),
  instruments: z.array(InstrumentEntry).max(50_000).default([]),
  impactAssessments: z.array(ImpactAssessmentEntry).max(50_000).default([]),
  authorisations: z.array(AuthorisationEntry).max(50_000).default([]),
});
export type ParticipantsFile = z.infer<typeof ParticipantsFile>;

/**
 * Reads and checks a participants file: shapes, that every party belongs to `jurisdiction`, that every holder is a party.
 * @throws SettingError naming the place in the file, never a value
 */
export async function readParticipants(path: string, jurisdiction: Jurisdiction): Promise<ParticipantsFile> {
  const parsed = ParticipantsFile.safeParse(await json(path));
  if (!parsed.success)
    throw new SettingError(
      parsed.error.issues.slice(0, 10).map((i) => `PARTICIPANTS_FILE: #/${i.path.join('/')}: ${i.message}`),
    );
  const faults = faultsOf(parsed.data, jurisdiction);
  if (faults.length > 0) throw new SettingError(faults.slice(0, 10).map((fault) => `PARTICIPANTS_FILE: ${fault}`));
  return parsed.data;
}

async function json(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    throw new SettingError(['PARTICIPANTS_FILE: cannot be read as JSON']);
  }
}

function faultsOf(file: ParticipantsFile, jurisdiction: Jurisdiction): string[] {
  const parties = new Set(file.parties.map(({ id }) => id));
  const foreign = file.parties.filter(({ place }) => jurisdictionOf(place) !== jurisdiction);
  const { datasets, instruments, impactAssessments, authorisations } = file;
  const orphans = [...datasets, ...instruments, ...impactAssessments, ...authorisations].filter(
    (e) => !parties.has(e.holder),
  );
  const unsigned = file.instruments.filter(({ signedOn, effectiveOn }) => (signedOn ?? '') > effectiveOn);
  const twice = file.datasets.filter(
    ({ items, answers }) => new Set([...items, ...answers].map(({ id }) => id)).size < items.length + answers.length,
  );
  return [
    ...foreign.map(({ id }) => `party \`${id}\` is not of this jurisdiction`),
    ...orphans.map(({ holder }) => `holder \`${holder}\` is not among the parties`),
    ...unsigned.map(({ holder }) => `instrument of \`${holder}\` is in effect before it was signed`),
    ...twice.map(({ id }) => `dataset \`${id}\` names an item twice`),
    ...datasets.flatMap(faultsOfAnswers),
    ...(parties.size < file.parties.length ? ['a party stands twice'] : []),
  ];
}

/** An answer is drawn from known items of one category, and is offered exactly where the mode is. */
function faultsOfAnswers({ id, modes, items, answers }: DatasetEntry): string[] {
  const categories = (of: readonly ItemId[]): unknown[] => [
    ...new Set(of.map((name) => items.find((item) => item.id === name)?.category)),
  ];
  const loose = answers.filter(({ of }) => categories(of).length > 1 || categories(of)[0] === undefined);
  return [
    ...loose.map((answer) => `answer \`${answer.id}\` of \`${id}\` is not drawn from items of one category`),
    ...(modes.includes('answer') === answers.length > 0
      ? []
      : [`dataset \`${id}\` offers answers without any, or hides them`]),
  ];
}
