import type { Facts } from './facts.js';
import type { Setting } from './cures.js';
import type { FactPath } from './facts.js';

export type End = 'hk' | 'mo' | 'cn';
export type Corridor = Readonly<{ from: End; to: End }>;

/** The six directed pairs of jurisdictions. */
export const CORRIDORS: readonly Corridor[] = (['hk', 'mo', 'cn'] as const).flatMap((from) =>
  (['hk', 'mo', 'cn'] as const).filter((to) => to !== from).map((to) => ({ from, to })),
);

const PLACES = { hk: 'HK', mo: 'MO', cn: 'CN-440300' } as const;
const DAY = '2026-11-24';

/** An ordinary request between two banks of a pair with everything in order. */
export function ordinary({ from, to }: Corridor): Facts {
  const ends = [from, to];
  const contract = ends.includes('cn') && {
    kind: ends.includes('hk') ? ('gba-sc-hk' as const) : ('gba-sc-mo' as const),
  };
  return {
    ...{ asOf: DAY, channel: 'transfer' },
    exporter: { place: PLACES[from], kind: 'bank', sector: 'banking', ciio: false },
    importer: { place: PLACES[to], kind: 'bank', sector: 'banking' },
    data: {
      ...{ form: 'identifiable', importantData: 'not-declared', collectedFor: 'credit-underwriting' },
      items: [{ id: 'record', category: 'bank-statement', necessary: true }],
    },
    purpose: { code: 'credit-underwriting' },
    basis: { kind: 'consent' },
    consent: { given: true, separate: true, written: true, explicit: true, prescribed: true },
    notice: { given: true, crossBorderItems: true, transfereeClass: true },
    ...(contract
      ? { instrument: { ...contract, effectiveOn: '2026-09-01', filedOn: '2026-09-04', filedWith: 'guangdong-cac' } }
      : {}),
    impactAssessment: { doneOn: '2026-08-03' },
    authorisations: { dspdpNotifiedOn: '2026-08-03' },
    counters: { general: 5_000, sensitive: 500 },
    calendar: { holidays: [], makeUpDays: [] },
    subject: { bornOn: '1988-05-17' },
    requester: { kind: 'subject', identityLevel: 3 },
    carry: { delivery: 'subject-download' },
    verify: { subjectInitiated: true, salted: true, contentCrosses: false },
  };
}

/** One way in which a request may differ from an ordinary one. */
export type Difference = Readonly<{ words: string; set: readonly Setting[] }>;

const to = (path: FactPath, value: string | boolean | number | null): Setting => ({ path, to: value });
const differs = (words: string, ...set: readonly Setting[]): Difference => ({ words, set });
/** The record is of another category. */
const of = (category: string, necessary = true): Setting =>
  ({ path: 'data.items', to: [{ id: 'record', category, necessary }] }) as unknown as Setting;

/** How requests differ, in the closed vocabulary of the facts. */
export const DIFFERENCES: readonly Difference[] = [
  differs(
    'she has not agreed',
    ...['given', 'separate', 'explicit', 'prescribed'].map((c) => to(`consent.${c}` as FactPath, false)),
  ),
  differs('she has withdrawn', to('consent.withdrawnOn', DAY)),
  differs(
    'she was not told',
    to('notice.given', false),
    to('notice.transfereeClass', false),
    to('consent.prescribed', false),
  ),
  differs('the purpose is another one', to('data.collectedFor', 'employment-check')),
  differs('more than the purpose needs is asked for', of('bank-statement', false)),
  differs('a health record', of('medical')),
  differs('genetic data', of('genetic')),
  differs('a credit report, kept by a credit agency', of('credit-report'), to('exporter.kind', 'credit-agency')),
  differs(
    'a credit report, kept by a selected agency of Hong Kong',
    of('credit-report'),
    to('exporter.kind', 'selected-cra'),
  ),
  differs(
    'a credit report, on the credit platform of Macao',
    of('credit-report'),
    to('exporter.kind', 'macao-credit-platform'),
  ),
  differs('the holder is a state organ', to('exporter.kind', 'state-organ')),
  differs('the holder runs critical infrastructure', to('exporter.ciio', true)),
  differs('a million people this year', to('counters.general', 1_000_000)),
  differs('important data', to('data.importantData', 'declared')),
  differs('the recipient is on the list of the state', to('importer.blacklisted', true)),
  differs('no contract', to('instrument.kind', 'none')),
  differs('a certificate of the Bay instead', to('instrument.kind', 'gba-certification')),
  differs('the contract is not filed', to('instrument.filedOn', null)),
  differs('no impact assessment', to('impactAssessment.doneOn', null)),
  differs('the authority of Macao was not told', to('authorisations.dspdpNotifiedOn', null)),
  differs('an emergency', to('basis.kind', 'emergency')),
  differs('to be passed on to Hong Kong', to('onward.recipientPlace', 'HK')),
  differs('to be passed on to Macao', to('onward.recipientPlace', 'MO')),
  differs('a child of eleven', to('subject.bornOn', '2015-05-17')),
  differs('an organisation asks', to('requester.kind', 'organisation')),
  differs('a sign-in of level 2', to('requester.identityLevel', 2)),
  differs('the holder sends it for her', to('carry.delivery', 'source-to-recipient')),
  differs('she has not asked for it herself', to('verify.subjectInitiated', false)),
  differs('the fingerprint is not salted', to('verify.salted', false)),
  differs('content would cross', to('verify.contentCrosses', true)),
];
