import type { ActKind, Mode, Purpose, SubjectFacts } from '@bayway/domain';
import { decide, Facts, factsOfActs, requiredActs } from '@bayway/trust-rules';
import type { z } from 'zod';
import type { ExporterPart, ImporterPart } from './parts.js';

type FactsInput = z.input<typeof Facts>;

/** What is known about her consent and what she was told, as the trust rules ask it. */
export type Agreed = Readonly<{
  consent: NonNullable<FactsInput['consent']>;
  notice: NonNullable<FactsInput['notice']>;
  /** Her own action, which mode `verify` needs in place of a consent of the law. */
  verify: Readonly<{ subjectInitiated: boolean }>;
}>;

/** Before she is asked: nothing has been agreed and nothing has been told, which her own acts can cure. */
export const nothingAgreed: Agreed = {
  consent: {
    given: false,
    separate: false,
    written: false,
    explicit: false,
    prescribed: false,
    guardianGiven: false,
    directMarketingWritten: false,
  },
  notice: { given: false, crossBorderItems: false, transfereeClass: false, directMarketingWritten: false },
  verify: { subjectInitiated: false },
};

/** As if she had been told everything and had agreed to all of it. */
export const everythingAgreed: Agreed = {
  consent: {
    given: true,
    separate: true,
    written: true,
    explicit: true,
    prescribed: true,
    guardianGiven: true,
    directMarketingWritten: true,
  },
  notice: { given: true, crossBorderItems: true, transfereeClass: true, directMarketingWritten: true },
  verify: { subjectInitiated: true },
};

/**
 * What the importer knows of a consent that its OP brought home. A consent comes to be only when every act that both
 * sides' assessments asked for was agreed to, each on the page that told her; an act that the law asks for now and that
 * was not asked of her then is not agreed. The exporter, where the consent lives, looks at the consent itself.
 * @param asked the facts as they were when she was asked, over today's parts
 * @param acts the acts that the assessments of this flow asked for
 * @param validUntil last day of the consent, `YYYY-MM-DD`
 */
export function agreedBy(asked: Facts, acts: readonly ActKind[], validUntil: string): Agreed {
  const established = factsOfActs(requiredActs(decide(asked), asked), acts);
  const consent = Object.entries(established).flatMap(([path, agreed]) =>
    path.startsWith('consent.') ? [[path.slice('consent.'.length), agreed]] : [],
  );
  return {
    consent: { given: true, ...(Object.fromEntries(consent) as Agreed['consent']), expiresOn: validUntil },
    notice: { given: true, crossBorderItems: true, transfereeClass: true, directMarketingWritten: true },
    verify: { subjectInitiated: established['verify.subjectInitiated'] ?? false },
  };
}

/** What a request is about, beside the parts. `level`: what a sign-in at the holder needs, where this side knows it. */
type About = Readonly<{
  mode: Mode;
  purpose: Purpose;
  asOf: string;
  subject?: SubjectFacts | undefined;
  level?: number;
}>;

/**
 * The facts document over both sides' parts. The subject's facts are known to the exporter alone. The answers of mode
 * `answer` are data about her like any other; in mode `verify` none cross.
 */
export function factsOf(parts: ImporterPart & ExporterPart, agreed: Agreed, about: About): Facts {
  const { verify, ...told } = agreed;
  if (about.mode === 'verify') return comparisonOf(parts, verify, about.asOf);
  const bornOn = about.subject?.bornOn;
  return Facts.parse({
    asOf: about.asOf,
    channel: 'transfer',
    ...parts,
    ...told,
    ...(bornOn ? { subject: { bornOn } } : {}),
    purpose: { code: about.purpose },
    basis: { kind: 'consent' },
  });
}

const comparisonOf = ({ exporter, importer }: ImporterPart & ExporterPart, verify: Agreed['verify'], asOf: string) =>
  // A signed request holds nothing but a salted fingerprint: its schema leaves no room for more.
  Facts.parse({
    asOf,
    channel: 'verify',
    exporter,
    importer,
    verify: { ...verify, salted: true, contentCrosses: false },
  });

/**
 * The facts before she is asked. What is to be compared she must first be able to carry away: where that is not lawful,
 * the facts of the carrying decide.
 */
export function factsToAsk(parts: ImporterPart & ExporterPart, about: About): Facts {
  if (about.mode === 'verify' && about.level !== undefined) {
    const carrying = carryingOf(parts, { ...about, level: about.level });
    if (!decide(carrying).allowed) return carrying;
  }
  return factsOf(parts, nothingAgreed, about);
}

function carryingOf(
  { exporter, importer, data }: ImporterPart & ExporterPart,
  { asOf, purpose, subject, level }: About & { level: number },
): Facts {
  const { form, items } = data;
  return Facts.parse({
    ...{ asOf, channel: 'subject-carry', exporter, importer, data: { form, items }, purpose: { code: purpose } },
    ...(subject?.bornOn ? { subject: { bornOn: subject.bornOn } } : {}),
    requester: { kind: 'subject', identityLevel: level },
    carry: { delivery: 'subject-download' },
  });
}
