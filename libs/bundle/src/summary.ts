import type { Exchange } from './exchange.js';
import type { Bundle, SideName } from './format.js';

/** What a verified bundle shows, in ids, codes and times. */
export type Summary = Readonly<{
  dataRequestId: string;
  consentId: string;
  importer: SideName;
  exporter: SideName;
  recipient: string;
  holder: string;
  dataset: string;
  items: readonly string[];
  purpose: string;
  acts: readonly string[];
  /** What each side’s rules said: version of the pack, rules that decided. */
  assessments: Readonly<Record<'importer' | 'exporter', Readonly<{ pack: string; because: readonly string[] }>>>;
  requestedAt: string;
  consentGivenAt: string;
  permittedAt: string;
  releasedAt: string;
  receivedAt: string;
  recordDigest: string;
  /** Each log: entries under its checkpoint, and who witnessed it when. */
  logs: readonly Readonly<{
    side: SideName;
    size: number;
    witnesses: readonly Readonly<{ by: SideName; at: string }>[];
  }>[];
}>;

const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();

export function summaryOf({ checkpoints }: Bundle, exchange: Exchange): Summary {
  const { importer, exporter, request, consentReceipt, acts, permit, release, deliveryReceipt } = exchange;
  const said = ({ claims }: Exchange['importerAssessment']) => ({ pack: claims.pack.version, because: claims.because });
  const { consent_id, iss, holder, dataset, items, purpose } = request.claims;
  return {
    ...{ dataRequestId: permit.claims.dataRequestId, consentId: consent_id, importer, exporter, recipient: iss },
    ...{ holder, dataset, items, purpose: purpose.code, acts: acts.map(({ claims }) => claims.act) },
    assessments: { importer: said(exchange.importerAssessment), exporter: said(exchange.exporterAssessment) },
    requestedAt: instant(request.claims.iat),
    consentGivenAt: instant(consentReceipt.claims.iat),
    permittedAt: instant(permit.claims.iat),
    releasedAt: instant(release.claims.iat),
    receivedAt: instant(deliveryReceipt.claims.iat),
    recordDigest: release.claims.recordDigest,
    logs: [...new Set([exporter, importer])].flatMap((side) => {
      const checkpoint = checkpoints[side];
      const witnesses = checkpoint?.cosignatures.map(({ by, time }) => ({ by, at: instant(time) })) ?? [];
      return checkpoint ? [{ side, size: checkpoint.size, witnesses }] : [];
    }),
  };
}
