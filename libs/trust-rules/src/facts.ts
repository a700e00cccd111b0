import { DataCategory, InstrumentKind, PartyKind, Place, Purpose, Sector } from '@bayway/domain';
import { z } from 'zod';

/** The way data move; it selects the sections of law that are looked at. */
export const Channel = z.enum([
  'transfer',
  'onward-transfer',
  'subject-carry',
  'verify',
  'health-record-qr',
  'gov-service',
  'authority-request',
  'rights-request',
]);
export type Channel = z.infer<typeof Channel>;

/** Legal basis relied on; `legitimate-interest` is none on the Mainland. */
export const Basis = z.enum([
  'consent',
  'contract',
  'hr',
  'legal-duty',
  'public-task',
  'emergency',
  'public-disclosed',
  'legitimate-interest',
  'subject-right',
]);
export type Basis = z.infer<typeof Basis>;

/** A calendar day of the Bay (+08:00) that exists, `YYYY-MM-DD`. */
const day = z.iso.date();
const flag = z.boolean();
const count = z.int().min(0);

const party = {
  place: Place,
  kind: PartyKind.optional(),
  sector: Sector.optional(),
  role: z.enum(['independent', 'entrusted']).optional(),
};

const Exporter = z.strictObject({
  ...party,
  ciio: flag.optional(),
  freeTradeZone: z.enum(['none', 'nansha', 'qianhai-shekou']).optional(),
  negativeListInForce: flag.optional(),
  onNegativeList: flag.optional(),
});

/** One item, decided on its own: an item the law refuses leaves the request, the rest goes on. */
export const Item = z.strictObject({
  id: z.string().regex(/^[A-Za-z0-9-]{1,40}$/),
  category: DataCategory,
  necessary: flag.optional(),
  sensitive: flag.optional(),
  negative: flag.optional(),
  negativeEndedOn: day.optional(),
  defaultSettledOn: day.optional(),
  bankruptcyDischargedOn: day.optional(),
  retentionEndsOn: day.optional(),
});
export type Item = z.infer<typeof Item>;

const Data = z.strictObject({
  form: z.enum(['identifiable', 'de-identified', 'anonymised', 'non-personal']).optional(),
  items: z.array(Item).max(10_000).optional(),
  importantData: z.enum(['declared', 'not-declared']).optional(),
  collectedFor: Purpose.optional(),
  collectedIn: Place.optional(),
  mainlandDataAdded: flag.optional(),
  combined: flag.optional(),
});

const Consent = z.strictObject({
  given: flag.optional(),
  separate: flag.optional(),
  bundled: flag.optional(),
  written: flag.optional(),
  explicit: flag.optional(),
  prescribed: flag.optional(),
  guardianGiven: flag.optional(),
  scopeMatches: flag.optional(),
  expiresOn: day.optional(),
  withdrawnOn: day.optional(),
  withdrawalInWriting: flag.optional(),
  directMarketingWritten: flag.optional(),
});

const Instrument = z.strictObject({
  kind: InstrumentKind,
  effectiveOn: day.optional(),
  validUntil: day.optional(),
  filedOn: day.optional(),
  filedWith: z.enum(['guangdong-cac', 'hk-dpo', 'macao-dspdp', 'provincial-cac']).optional(),
  scopeMatches: flag.optional(),
  templateUnaltered: flag.optional(),
});

const Onward = z.strictObject({
  recipientPlace: Place,
  receivedUnder: InstrumentKind.optional(),
  writtenAgreement: flag.optional(),
  necessityRecorded: flag.optional(),
  subjectInformed: flag.optional(),
  subjectConsent: flag.optional(),
});

const RightsRequest = z.strictObject({
  kind: z.enum(['access', 'correction', 'erasure', 'free-credit-report', 'credit-dispute']),
  receivedOn: day.optional(),
  answeredOn: day.optional(),
  identityVerified: flag.optional(),
  thirdPartyDisclosedOn: day.optional(),
  thirdPartyPlace: Place.optional(),
  thirdPartyStoppedUsing: flag.optional(),
  retentionLaw: z.enum(['none', 'cn-aml', 'holder-law', 'other-place-law']).optional(),
  relationshipEndedOn: day.optional(),
});

const Scheme = z.strictObject({
  designated: flag.optional(),
  subjectInitiated: flag.optional(),
  subjectAuthorised: flag.optional(),
  recordYears: count.optional(),
  appliedDaysBefore: count.optional(),
  cbcr: flag.optional(),
});

const Policy = z.strictObject({
  gbaVolume: z.enum(['escalate', 'permit']).optional(),
  separateConsent: z.enum(['consent-basis-only', 'always']).optional(),
  ciioExemption: z.enum(['escalate', 'permit']).optional(),
});

const document = z.strictObject({
  asOf: day,
  channel: Channel,
  requester: z
    .strictObject({
      kind: z.enum(['subject', 'guardian', 'agent', 'near-relative', 'organisation']).optional(),
      identityLevel: z.int().min(1).max(4).optional(),
      agentAuthorised: flag.optional(),
    })
    .optional(),
  exporter: Exporter,
  importer: z.strictObject({ ...party, blacklisted: flag.optional() }).optional(),
  onward: Onward.optional(),
  authority: z.strictObject({ place: Place, approvedOn: day.optional() }).optional(),
  subject: z.strictObject({ bornOn: day.optional(), deceased: flag.optional() }).optional(),
  data: Data.optional(),
  purpose: z.strictObject({ code: Purpose, directlyRelated: flag.optional() }).optional(),
  basis: z
    .strictObject({ kind: Basis.optional(), necessary: flag.optional(), labourRules: flag.optional() })
    .optional(),
  consent: Consent.optional(),
  notice: z
    .strictObject({
      given: flag.optional(),
      crossBorderItems: flag.optional(),
      transfereeClass: flag.optional(),
      directMarketingWritten: flag.optional(),
    })
    .optional(),
  instrument: Instrument.optional(),
  impactAssessment: z.strictObject({ doneOn: day.optional() }).optional(),
  authorisations: z
    .strictObject({
      dspdpNotifiedOn: day.optional(),
      dspdpAuthorisedOn: day.optional(),
      hgrReportedOn: day.optional(),
      hgrReviewedOn: day.optional(),
    })
    .optional(),
  counters: z
    .strictObject({
      general: count.optional(),
      sensitive: count.optional(),
      split: flag.optional(),
      geneticCases: count.optional(),
      freeReportsUsed: count.optional(),
    })
    .optional(),
  carry: z.strictObject({ delivery: z.enum(['subject-download', 'source-to-recipient']).optional() }).optional(),
  verify: z
    .strictObject({ subjectInitiated: flag.optional(), salted: flag.optional(), contentCrosses: flag.optional() })
    .optional(),
  scheme: Scheme.optional(),
  request: RightsRequest.optional(),
  calendar: z
    .strictObject({ holidays: z.array(day).max(5_000).optional(), makeUpDays: z.array(day).max(5_000).optional() })
    .optional(),
  policy: Policy.optional(),
});

/** Groups that a channel cannot be decided without. */
const NEEDED: Readonly<Record<Channel, readonly (keyof z.infer<typeof document>)[]>> = {
  transfer: ['importer', 'purpose'],
  'onward-transfer': ['importer', 'purpose', 'onward'],
  'subject-carry': ['importer', 'purpose'],
  verify: ['importer'],
  'health-record-qr': ['importer'],
  'gov-service': ['importer'],
  'authority-request': ['authority'],
  'rights-request': ['request'],
};

/**
 * Facts about a proposed data request: the public input format of the rules engine. An absent field is unknown unless
 * `DEFAULTS` states what its absence means; an absent date means that the event has not happened. Unknown members,
 * days that do not exist, a group that the channel needs and a repeated item id are refused.
 */
export const Facts = document.superRefine((facts, context) => {
  for (const group of NEEDED[facts.channel]) {
    if (facts[group] === undefined)
      context.addIssue({ code: 'custom', path: [group], message: `needed for channel ${facts.channel}` });
  }
  const seen = new Set<string>();
  for (const [index, { id }] of (facts.data?.items ?? []).entries()) {
    if (seen.has(id)) context.addIssue({ code: 'custom', path: ['data', 'items', index, 'id'], message: 'used twice' });
    seen.add(id);
  }
});
export type Facts = z.infer<typeof Facts>;

type Groups = { [G in keyof Facts as NonNullable<Facts[G]> extends object ? G : never]-?: NonNullable<Facts[G]> };
type PathsOf<G extends keyof Groups> = G extends string ? `${G}.${Extract<keyof Groups[G], string>}` : never;

/** `group.field` of a fact, such as `consent.separate`. */
export type FactPath = PathsOf<keyof Groups>;

/** The type of the fact at a path. */
export type FactAt<P extends FactPath> = P extends `${infer G extends keyof Groups}.${infer F}`
  ? F extends keyof Groups[G]
    ? NonNullable<Groups[G][F]>
    : never
  : never;

/** What the absence of a fact means where it does not mean "unknown". Part of the public format. */
export const DEFAULTS: { readonly [P in FactPath]?: FactAt<P> } = {
  'exporter.kind': 'company',
  'importer.kind': 'company',
  'exporter.role': 'independent',
  'importer.role': 'independent',
  'exporter.freeTradeZone': 'none',
  'importer.blacklisted': false,
  'onward.receivedUnder': 'none',
  'subject.deceased': false,
  'data.form': 'identifiable',
  'data.combined': false,
  'consent.bundled': false,
  'consent.scopeMatches': true,
  'consent.withdrawalInWriting': true,
  'instrument.kind': 'none',
  'instrument.scopeMatches': true,
  'instrument.templateUnaltered': true,
  'counters.split': false,
  'counters.freeReportsUsed': 0,
  'scheme.cbcr': false,
  'request.thirdPartyStoppedUsing': false,
  'policy.gbaVolume': 'escalate',
  'policy.separateConsent': 'consent-basis-only',
  'policy.ciioExemption': 'escalate',
};
