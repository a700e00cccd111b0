import type { ActKind, ConsentState } from '@bayway/domain';

/** Our own terms, and those of Mainland law that DPV 2.3 has none for. */
const BAY = 'https://bayway.example/ns/consent#';
export const LEGAL_CN = 'https://bayway.example/ns/legal/cn#';

const values = (ids: Readonly<Record<string, string>>) => ({ '@type': '@vocab', '@context': { ...ids } });
const day = (id: string) => ({ '@id': id, '@type': 'xsd:date' });
const instant = (id: string) => ({ '@id': id, '@type': 'xsd:dateTime' });
const list = (id: string) => ({ '@id': id, '@container': '@set' });
/** A text in the four languages, under its language tags. */
const texts = (id: string) => ({ '@id': id, '@container': '@language' });

/** DPV names the states of ISO/IEC TS 27560; those it has none for are ours, each within one of its. */
const STATES: Readonly<Record<ConsentState, string>> = {
  requested: 'dpv:ConsentRequested',
  deferred: 'dpv:ConsentRequestDeferred',
  pending: 'bay:ConsentPending',
  given: 'dpv:ConsentGiven',
  renewed: 'dpv:RenewedConsentGiven',
  paused: 'bay:ConsentPaused',
  refused: 'dpv:ConsentRefused',
  lapsed: 'bay:ConsentLapsed',
  withdrawn: 'dpv:ConsentWithdrawn',
  expired: 'dpv:ConsentExpired',
  'used-up': 'bay:ConsentUsedUp',
  terminated: 'dpv:ConsentTerminated',
  invalidated: 'dpv:ConsentInvalidated',
};

const ACTS: Readonly<Record<ActKind, string>> = {
  provision: 'bay:Provision',
  'other-handler': 'cn:SeparateConsentOtherHandler',
  sensitive: 'cn:SeparateConsentSensitive',
  overseas: 'cn:SeparateConsentOverseas',
  written: 'cn:WrittenConsentCreditReport',
  guardian: 'cn:GuardianConsent',
  prescribed: 'bay:PrescribedConsentHK',
  'direct-marketing': 'bay:DirectMarketingConsentHK',
  'explicit-transfer': 'bay:ExplicitTransferConsentMO',
  'mo-sensitive': 'bay:ExplicitSensitiveConsentMO',
  signatory: 'bay:SignatoryConsent',
  comparison: 'bay:Comparison',
};

const party = (id: string) => ({
  '@id': id,
  '@context': {
    id: 'dct:identifier',
    name: texts('dpv:hasName'),
    place: 'dpv:hasAddress',
    contact: { '@id': 'dpv:hasContact', '@context': { role: texts('schema_org:jobTitle'), email: 'schema_org:email' } },
    role: {
      '@id': 'dpv:hasRole',
      ...values({ 'data-exporter': 'dpv:DataExporter', 'data-importer': 'dpv:DataImporter' }),
    },
    kind: 'bay:partyKind',
  },
});

/**
 * What the members of a receipt mean: a JSON-LD 1.1 context over DPV 2.3, its 27560 profile, and our own words. A spec
 * follows every member of the receipt's schema and finds a meaning for each.
 */
export const receiptContext = {
  '@version': 1.1,
  '@protected': true,
  dpv: 'https://w3id.org/dpv#',
  dct: 'http://purl.org/dc/terms/',
  schema_org: 'https://schema.org/',
  schema: 'dct:conformsTo',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  bay: BAY,
  cn: LEGAL_CN,
  ConsentReceipt: 'dpv:ConsentReceipt',
  profile: { '@id': 'dct:conformsTo', '@type': '@id' },
  iss: 'dct:publisher',
  jti: 'dct:identifier',
  iat: 'bay:issuedAtSeconds',
  created: instant('dct:created'),
  consentId: 'bay:recordIdentifier',
  state: { '@id': 'dpv:hasConsentStatus', ...values(STATES) },
  subject: { '@id': 'dpv:hasDataSubject', '@context': { kind: 'bay:subjectKind', handle: 'dct:identifier' } },
  exporter: 'bay:exporter',
  importer: 'bay:importer',
  jurisdictions: list('dpv:hasJurisdiction'),
  flowId: 'bay:flow',
  notice: {
    '@id': 'dpv:hasNotice',
    '@context': {
      id: 'dct:identifier',
      version: 'dct:hasVersion',
      digest: 'bay:digest',
      language: 'dct:language',
      shown: 'bay:shownDigest',
      askId: 'bay:ask',
      askDigest: 'bay:askDigest',
    },
  },
  processing: {
    '@id': 'dpv:hasProcess',
    '@context': {
      lawfulBasis: { '@id': 'dpv:hasLegalBasis', ...values({ consent: 'dpv:Consent' }) },
      purpose: { '@id': 'dpv:hasPurpose', '@context': { code: 'dct:identifier', reference: 'bay:reference' } },
      dataset: 'dpv:hasData',
      mode: 'dpv:hasProcessing',
      method: 'dpv:hasTechnicalMeasure',
      source: { '@id': 'dpv:hasDataSource', ...values({ 'data-holder': 'dpv:DataController' }) },
      items: {
        ...list('dpv:hasPersonalData'),
        '@context': { id: 'dct:identifier', sensitive: 'cn:isSensitive', optional: 'bay:isOptional' },
      },
      storageLocation: 'dpv:hasStorageCondition',
      retentionUntil: day('bay:storedUntil'),
      validUntil: day('bay:validUntil'),
      maxUses: 'bay:maxUses',
      frequency: { '@id': 'dpv:hasFrequency', '@context': { uses: 'bay:uses', per: 'bay:per' } },
      dataRange: {
        '@id': 'dct:temporal',
        '@context': { from: day('schema_org:startDate'), to: day('schema_org:endDate') },
      },
    },
  },
  holder: party('dpv:hasDataExporter'),
  recipient: party('dpv:hasRecipient'),
  acts: {
    ...list('bay:hasAct'),
    '@context': {
      kind: { '@id': 'dpv:hasConsentType', ...values(ACTS) },
      answer: { '@id': 'dpv:hasConsentStatus', ...values({ agree: 'dpv:ConsentGiven', refuse: 'dpv:ConsentRefused' }) },
      rules: list('dpv:hasApplicableLaw'),
      at: instant('dpv:isIndicatedAtTime'),
      digest: 'bay:digest',
    },
  },
  assessments: { '@id': 'dpv:hasAssessment', '@context': { exporter: 'bay:exporter', importer: 'bay:importer' } },
  events: {
    '@id': 'bay:hasEvent',
    '@container': '@list',
    '@context': {
      state: { '@id': 'dpv:hasConsentStatus', ...values(STATES) },
      at: instant('dpv:isIndicatedAtTime'),
      by: {
        '@id': 'dpv:isIndicatedBy',
        ...values({
          subject: 'dpv:DataSubject',
          guardian: 'dpv:GuardianOfDataSubject',
          signatory: 'bay:Signatory',
          authority: 'dpv:Authority',
        }),
      },
      type: { '@id': 'dpv:hasConsentType', ...values({ 'explicitly-expressed': 'dpv:ExplicitlyExpressedConsent' }) },
      validUntil: day('dpv:hasDuration'),
    },
  },
  rights: {
    ...list('dpv:hasRight'),
    ...values({
      access: 'cn:RightAccess',
      correction: 'cn:RightCorrection',
      deletion: 'cn:RightDeletion',
      withdrawal: 'cn:RightWithdrawal',
      complaint: 'cn:RightComplaint',
    }),
  },
  authority: texts('dpv:hasAuthority'),
  withdrawal: {
    '@id': 'dpv:hasConsentControl',
    '@context': {
      method: { '@id': 'dpv:hasIndicationMethod', ...values({ portal: 'dpv:WithdrawConsent' }) },
      url: { '@id': 'dpv:isExercisedAt', '@type': '@id' },
    },
  },
} as const;

/** Members that ISO/IEC TS 27560:2023 asks for, and where a receipt has them. `docs/generated/consent-receipt.md` shows it. */
export const FIELDS_27560 = {
  schema_version: 'schema',
  record_id: 'consentId',
  receipt_id: 'jti',
  pii_principal_id: 'subject.handle',
  privacy_notice: 'notice.id',
  language: 'notice.language',
  purpose: 'processing.purpose.code',
  lawful_basis: 'processing.lawfulBasis',
  pii_information: 'processing.items',
  pii_type: 'processing.items.id',
  pii_optional: 'processing.items.optional',
  sensitive_pii_category: 'processing.items.sensitive',
  pii_controllers: 'recipient.id',
  collection_method: 'processing.source',
  processing_method: 'processing.method',
  storage_locations: 'processing.storageLocation',
  retention_period: 'processing.retentionUntil',
  service: 'processing.dataset',
  jurisdiction: 'jurisdictions',
  recipient_third_parties: 'recipient.id',
  withdrawal_method: 'withdrawal.url',
  privacy_rights: 'rights',
  impact_assessment: 'assessments.exporter',
  authority_party: 'authority',
  party_id: 'holder.id',
  party_name: 'holder.name',
  party_address: 'holder.place',
  party_contact: 'holder.contact.email',
  party_type: 'holder.kind',
  party_role: 'holder.role',
  event_time: 'events.at',
  validity_duration: 'events.validUntil',
  entity_id: 'events.by',
  event_type: 'events.type',
  event_state: 'events.state',
} as const;
