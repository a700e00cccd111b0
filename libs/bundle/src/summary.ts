import type { Exchange } from './exchange.js';
import type { AnyBundle, SideName } from './format.js';
import type { Refused } from './refusal.js';

type Said = Readonly<{ pack: string; outcome: string; because: readonly string[] }>;

/** What is shown of any request, in ids, codes and times. */
type Asked = Readonly<{
  dataRequestId: string;
  consentId: string;
  importer: SideName;
  exporter: SideName;
  recipient: string;
  holder: string;
  dataset: string;
  items: readonly string[];
  purpose: string;
  requestedAt: string;
  /** Each log: entries under its checkpoint, and who witnessed it when. */
  logs: readonly Readonly<{
    side: SideName;
    size: number;
    witnesses: readonly Readonly<{ by: SideName; at: string }>[];
  }>[];
}>;

/** What the bundle of an exchange shows. */
export type ExchangeSummary = Asked &
  Readonly<{
    about: 'exchange';
    acts: readonly string[];
    /** What each side’s rules said: version of the pack, rules that decided. */
    assessments: Readonly<Record<'importer' | 'exporter', Said>>;
    consentGivenAt: string;
    permittedAt: string;
    releasedAt: string;
    receivedAt: string;
    recordDigest: string;
  }>;

/** What the bundle of a request shows that ended without a release. */
export type RefusalSummary = Asked &
  Readonly<{
    about: 'refusal';
    /** The side that ended it, how, and with which rule if its rules decided. */
    by: SideName;
    outcome: 'refused' | 'failed' | 'cancelled';
    problem: string;
    rule: string | null;
    /** The exporter’s is null when it made none. */
    assessments: Readonly<{ importer: Said; exporter: Said | null }>;
  }>;

/** What a verified bundle shows. */
export type Summary = ExchangeSummary | RefusalSummary;

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
const said = ({ claims }: Exchange['importerAssessment']): Said => ({
  pack: claims.pack.version,
  outcome: claims.outcome,
  because: claims.because,
});

function asked(
  { checkpoints }: AnyBundle,
  { importer, exporter, request }: Pick<Exchange, 'importer' | 'exporter' | 'request'>,
  dataRequestId: string,
): Asked {
  const { consent_id, iss, holder, dataset, items, purpose, iat } = request.claims;
  return {
    ...{ dataRequestId, consentId: consent_id, importer, exporter, recipient: iss },
    ...{ holder, dataset, items, purpose: purpose.code, requestedAt: instant(iat) },
    logs: [...new Set([exporter, importer])].flatMap((side) => {
      const checkpoint = checkpoints[side];
      const witnesses = checkpoint?.cosignatures.map(({ by, time }) => ({ by, at: instant(time) })) ?? [];
      return checkpoint ? [{ side, size: checkpoint.size, witnesses }] : [];
    }),
  };
}

export function summaryOf(bundle: AnyBundle, exchange: Exchange): ExchangeSummary {
  const { consentReceipt, acts, permit, release, deliveryReceipt } = exchange;
  return {
    ...asked(bundle, exchange, permit.claims.dataRequestId),
    about: 'exchange',
    acts: acts.map(({ claims }) => claims.act),
    assessments: { importer: said(exchange.importerAssessment), exporter: said(exchange.exporterAssessment) },
    consentGivenAt: instant(consentReceipt.claims.iat),
    permittedAt: instant(permit.claims.iat),
    releasedAt: instant(release.claims.iat),
    receivedAt: instant(deliveryReceipt.claims.iat),
    recordDigest: release.claims.recordDigest,
  };
}

export function refusalSummaryOf(bundle: AnyBundle, refused: Refused): RefusalSummary {
  const { refusal, importerAssessment, exporterAssessment } = refused;
  const { by, outcome, problem, rule = null, dataRequestId } = refusal;
  return {
    ...asked(bundle, refused, dataRequestId),
    ...{ about: 'refusal', by: refused[by], outcome, problem, rule },
    assessments: { importer: said(importerAssessment), exporter: exporterAssessment && said(exporterAssessment) },
  };
}
