import type { ActKind, Purpose, SubjectFacts } from '@bayway/domain';
import { decide, Facts, factsOfActs, requiredActs } from '@bayway/trust-rules';
import type { z } from 'zod';
import type { ExporterPart, ImporterPart } from './parts.js';

type FactsInput = z.input<typeof Facts>;

/** What is known about her consent and what she was told, as the trust rules ask it. */
export type Agreed = Readonly<{
  consent: NonNullable<FactsInput['consent']>;
  notice: NonNullable<FactsInput['notice']>;
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
  };
}

/** The facts document over both sides' parts. The subject's facts are known to the exporter alone. */
export function factsOf(
  parts: ImporterPart & ExporterPart,
  agreed: Agreed,
  about: { purpose: Purpose; asOf: string; subject?: SubjectFacts | undefined },
): Facts {
  const bornOn = about.subject?.bornOn;
  return Facts.parse({
    asOf: about.asOf,
    channel: 'transfer',
    ...parts,
    ...agreed,
    ...(bornOn ? { subject: { bornOn } } : {}),
    purpose: { code: about.purpose },
    basis: { kind: 'consent' },
  });
}
