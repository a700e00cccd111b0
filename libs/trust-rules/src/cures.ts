import type { MissingStep } from './decision.js';
import type { FactPath, Facts } from './facts.js';
import type { AskedFact } from './glosses/facts.js';
import type { Value } from './vocabulary.js';

/** Who can bring a change about. */
export type Party = 'subject' | 'exporter' | 'importer' | 'authority' | 'requester';

/** One fact set to a value or, by null, taken away; or a date set to the day of decision. */
export type Setting = Readonly<{ path: FactPath } & ({ to: Value | null } | { today: true })>;

/** A way to cure one gap. */
export type Cure = Readonly<{ by: Party; set: readonly Setting[] }>;

const set = (path: FactPath, to: Value | null): Setting => ({ path, to });
const by = (party: Party, ...settings: Setting[]): Cure => ({ by: party, set: settings });
const today = (path: FactPath): Setting => ({ path, today: true });
const instrument = (kind: string): Cure =>
  by(
    kind === 'security-assessment' ? 'authority' : 'exporter',
    set('instrument.kind', kind),
    today('instrument.effectiveOn'),
    set('instrument.validUntil', null),
    set('instrument.filedOn', null),
    set('instrument.filedWith', null),
    set('instrument.scopeMatches', true),
    set('instrument.templateUnaltered', true),
  );

/** How each missing step is cured; several ways in the order in which they are tried, the person's own acts first. */
export const STEP_CURES: Readonly<Record<MissingStep, readonly Cure[]>> = {
  'subject-consent': [
    by('subject', set('consent.given', true)),
    by('subject', set('basis.kind', 'consent'), set('consent.given', true)),
  ],
  'separate-consent': [by('subject', set('consent.separate', true), set('consent.bundled', false))],
  'written-consent': [by('subject', set('consent.written', true))],
  'guardian-consent': [by('subject', set('consent.guardianGiven', true))],
  'new-consent': [by('subject', set('consent.scopeMatches', true), set('consent.expiresOn', null))],
  'prescribed-consent': [by('subject', set('consent.prescribed', true), set('consent.withdrawnOn', null))],
  'direct-marketing-consent': [
    by('subject', set('notice.directMarketingWritten', true), set('consent.directMarketingWritten', true)),
  ],
  notice: [by('subject', set('notice.given', true), set('notice.crossBorderItems', true))],
  'impact-assessment': [by('exporter', today('impactAssessment.doneOn'))],
  'valid-instrument': [instrument('national-scc'), instrument('certification'), instrument('security-assessment')],
  'security-assessment': [instrument('security-assessment')],
  'instrument-in-effect': [by('exporter', today('instrument.effectiveOn'))],
  'file-contract': [by('exporter', today('instrument.filedOn'), set('instrument.filedWith', null))],
  'use-template-unaltered': [by('exporter', set('instrument.templateUnaltered', true))],
  'instrument-scope-update': [by('exporter', set('instrument.scopeMatches', true))],
  'mo-transfer-ground': [
    by('subject', set('consent.explicit', true)),
    by('authority', today('authorisations.dspdpAuthorisedOn')),
  ],
  'mo-sensitive-ground': [
    by('subject', set('consent.explicit', true)),
    by('authority', today('authorisations.dspdpAuthorisedOn')),
  ],
  'dspdp-notification': [by('exporter', today('authorisations.dspdpNotifiedOn'))],
  'dspdp-authorisation': [by('authority', today('authorisations.dspdpAuthorisedOn'))],
  'hgr-report-and-backup': [by('exporter', today('authorisations.hgrReportedOn'))],
  'hgr-security-review': [by('authority', today('authorisations.hgrReviewedOn'))],
  'cbcr-arrangement': [by('exporter', set('scheme.cbcr', true))],
  'onward-agreement': [by('importer', set('onward.writtenAgreement', true))],
  'onward-necessity-record': [by('importer', set('onward.necessityRecorded', true))],
  'onward-notice': [by('subject', set('onward.subjectInformed', true))],
  'onward-consent': [by('subject', set('onward.subjectConsent', true))],
  'identity-assurance': [by('subject', set('requester.identityLevel', 3))],
  'identity-proof': [by('subject', set('request.identityVerified', true))],
  'agent-authorisation': [by('subject', set('requester.agentAuthorised', true))],
  'subject-action': [
    by('subject', set('verify.subjectInitiated', true)),
    by('subject', set('scheme.subjectInitiated', true)),
  ],
  'salted-fingerprint': [by('exporter', set('verify.salted', true))],
  'record-window': [by('requester', set('scheme.recordYears', 3))],
  'application-lead-time': [by('requester', set('scheme.appliedDaysBefore', 3))],
  'subject-authorisation': [by('subject', set('scheme.subjectAuthorised', true))],
};

const yes = (party: Party, path: FactPath): readonly Cure[] => [by(party, set(path, true))];
const no = (party: Party, path: FactPath): readonly Cure[] => [by(party, set(path, false))];

/**
 * The answers that help to each fact a decision may ask for. Facts about a person (such as a date of birth) and what
 * nobody can supply afterwards have none. A cure that does not close its gap is passed over: prescribed consent makes
 * the purpose of collection irrelevant in Hong Kong, not elsewhere.
 */
export const FACT_CURES: Readonly<Record<AskedFact, readonly Cure[]>> = {
  'basis.kind': [by('exporter', set('basis.kind', 'consent'))],
  'basis.labourRules': yes('exporter', 'basis.labourRules'),
  'basis.necessary': yes('exporter', 'basis.necessary'),
  'carry.delivery': [by('requester', set('carry.delivery', 'subject-download'))],
  'consent.directMarketingWritten': yes('subject', 'consent.directMarketingWritten'),
  'consent.explicit': yes('subject', 'consent.explicit'),
  'consent.given': yes('subject', 'consent.given'),
  'consent.guardianGiven': yes('subject', 'consent.guardianGiven'),
  'consent.prescribed': yes('subject', 'consent.prescribed'),
  'consent.separate': yes('subject', 'consent.separate'),
  'consent.written': yes('subject', 'consent.written'),
  'counters.general': [by('exporter', set('counters.general', 0))],
  'counters.geneticCases': [by('exporter', set('counters.geneticCases', 0))],
  'counters.sensitive': [by('exporter', set('counters.sensitive', 0))],
  'data.collectedFor': yes('subject', 'consent.prescribed'),
  'data.items': [],
  'data.mainlandDataAdded': no('exporter', 'data.mainlandDataAdded'),
  'exporter.ciio': no('exporter', 'exporter.ciio'),
  'exporter.negativeListInForce': [by('exporter', set('exporter.negativeListInForce', false))],
  'exporter.onNegativeList': no('exporter', 'exporter.onNegativeList'),
  'exporter.sector': [by('exporter', set('exporter.sector', 'banking'))],
  'importer.sector': [by('importer', set('importer.sector', 'banking'))],
  'notice.crossBorderItems': yes('subject', 'notice.crossBorderItems'),
  'notice.directMarketingWritten': yes('subject', 'notice.directMarketingWritten'),
  'notice.given': yes('subject', 'notice.given'),
  'notice.transfereeClass': [
    by('subject', set('consent.prescribed', true)),
    by('exporter', set('notice.transfereeClass', true)),
  ],
  'onward.necessityRecorded': yes('importer', 'onward.necessityRecorded'),
  'onward.subjectConsent': yes('subject', 'onward.subjectConsent'),
  'onward.subjectInformed': yes('subject', 'onward.subjectInformed'),
  'onward.writtenAgreement': yes('importer', 'onward.writtenAgreement'),
  'purpose.directlyRelated': [
    by('importer', set('purpose.directlyRelated', true)),
    by('subject', set('consent.prescribed', true)),
  ],
  'request.identityVerified': yes('subject', 'request.identityVerified'),
  'request.receivedOn': [by('exporter', today('request.receivedOn'))],
  'request.relationshipEndedOn': [],
  'request.retentionLaw': [by('exporter', set('request.retentionLaw', 'none'))],
  'requester.agentAuthorised': yes('subject', 'requester.agentAuthorised'),
  'requester.identityLevel': [by('subject', set('requester.identityLevel', 3))],
  'requester.kind': [by('requester', set('requester.kind', 'subject'))],
  'scheme.appliedDaysBefore': [by('requester', set('scheme.appliedDaysBefore', 3))],
  'scheme.designated': yes('importer', 'scheme.designated'),
  'scheme.recordYears': [by('requester', set('scheme.recordYears', 3))],
  'scheme.subjectAuthorised': yes('subject', 'scheme.subjectAuthorised'),
  'scheme.subjectInitiated': yes('subject', 'scheme.subjectInitiated'),
  'subject.bornOn': [],
  'verify.contentCrosses': no('exporter', 'verify.contentCrosses'),
  'verify.salted': yes('exporter', 'verify.salted'),
  'verify.subjectInitiated': yes('subject', 'verify.subjectInitiated'),
};

/** What a setting sets its fact to on the day of decision. */
export const valueOf = (setting: Setting, asOf: string): Value | null => ('today' in setting ? asOf : setting.to);

/** The facts with some of them set; the given document is left as it is. */
export function withSettings(facts: Facts, settings: readonly Setting[]): Facts {
  const changed: Record<string, unknown> = { ...facts };
  for (const setting of settings) {
    const [group, field] = setting.path.split('.') as [string, string];
    const { [field]: _, ...others } = (changed[group] ?? {}) as Record<string, unknown>;
    const value = valueOf(setting, facts.asOf);
    if (value !== null) changed[group] = { ...others, [field]: value };
    else if (changed[group]) changed[group] = others;
  }
  return changed as Facts;
}
