import { checkAt } from './checks.js';
import type { Claimed, ClaimedEntry } from './claimed.js';
import { importerOf, readObject, requestOwner, type Known, type Read } from './exchange.js';
import type { Refusal, RefusalBundle, SideName } from './format.js';
import { assessedRecord, requestRecords } from './records.js';

/** A request that ended without a release, as its signed objects tell it. */
export type Refused = Readonly<{
  importer: SideName;
  exporter: SideName;
  refusal: Refusal;
  /** Whether the exporter's side had it, and knows of its end. */
  isAbroad: boolean;
  request: Read<'request'>;
  importerAssessment: Read<'importerAssessment'>;
  exporterAssessment: Read<'exporterAssessment'> | null;
}>;

/** Verifies the signed objects of a refusal: checks 11 to 15. @throws BundleFault */
export async function readRefused({ objects, refusal, entries }: RefusalBundle, known: Known): Promise<Refused> {
  const request = await readObject('request', objects.request, { at: '/objects/request', by: requestOwner, ...known });
  const importer = importerOf(request.claims.aud) as SideName;
  const { exporter } = request.claims;
  const assessment = <K extends 'importerAssessment' | 'exporterAssessment'>(kind: K, jws: string, side: SideName) =>
    readObject(kind, jws, { at: `/objects/${kind}`, by: () => `${side}/broker`, ...known });
  const importerAssessment = await assessment('importerAssessment', objects.importerAssessment, importer);
  const theirs = objects.exporterAssessment;
  const exporterAssessment = theirs ? await assessment('exporterAssessment', theirs, exporter) : null;
  const isAbroad = entries.requestArrived !== undefined;
  return { importer, exporter, refusal, isAbroad, request, importerAssessment, exporterAssessment };
}

/** The objects are about one request and fit the way it ended: check 16. @throws BundleFault */
export function verifyRefusal(refused: Refused): void {
  const { refusal, isAbroad, request, importerAssessment } = refused;
  const permits = (assessment: Read<'importerAssessment'> | null): boolean =>
    assessment?.claims.outcome === 'permit' && assessment.claims.proceeds;
  for (const role of ['importer', 'exporter'] as const) {
    const claims = refused[`${role}Assessment`]?.claims;
    if (!claims) continue;
    const holds = checkAt(16, `/objects/${role}Assessment`);
    holds(claims.iss === `${refused[role]}/broker`, 'issuer is not that broker');
    holds(claims.stage === 'release', 'assessment is not about a release');
    holds(claims.requestDigest === request.digest, 'assessment is about another request');
  }
  const sent = checkAt(16, '/objects/importerAssessment');
  sent(!isAbroad || permits(importerAssessment), 'assessment does not permit what was sent on');
  const decided = refused[`${refusal.by}Assessment`];
  const isRule = refusal.rule !== undefined;
  checkAt(16, '/refusal')(!isRule || (decided !== null && !permits(decided)), 'a rule is named where none decided');
}

/**
 * The records that an end calls for, in the logs of the sides that saw the request. The side that ended it has `ended`, the
 * other `endKnown`. The importer names the exporter's assessment only where the exporter told it of the end.
 */
export function claimedByRefusal(refused: Refused): Claimed {
  const { importer, exporter, refusal, isAbroad, request, importerAssessment, exporterAssessment } = refused;
  const made = requestRecords(refused, refusal.dataRequestId);
  const at = (keeper: 'importer' | 'exporter') => ({ keeper, side: refused[keeper] });
  const [ended, endKnown] = endRecords(refused);
  const abroad: ClaimedEntry[] = [
    { name: 'requestArrived', ...at('exporter'), record: made.requestArrived },
    ...(exporterAssessment
      ? [{ name: 'exporterAssessed', ...at('exporter'), record: assessedRecord(refused, exporterAssessment) }]
      : []),
  ];
  return {
    sides: isAbroad ? [...new Set([exporter, importer])] : [importer],
    signers: [
      { owner: `${importer}/participant/${request.claims.iss}`, kid: request.kid },
      { owner: `${importer}/broker`, kid: importerAssessment.kid },
      ...(exporterAssessment ? [{ owner: `${exporter}/broker`, kid: exporterAssessment.kid }] : []),
    ],
    entries: [
      { name: 'requestMade', ...at('importer'), record: made.requestMade },
      { name: 'importerAssessed', ...at('importer'), record: assessedRecord(refused, importerAssessment) },
      ...(isAbroad ? abroad : []),
      { name: 'ended', ...ended },
      ...(isAbroad ? [{ name: 'endKnown', ...endKnown }] : []),
    ],
  };
}

/** How the side that ended it recorded so, and how the other did. */
function endRecords(refused: Refused): [ended: Omit<ClaimedEntry, 'name'>, endKnown: Omit<ClaimedEntry, 'name'>] {
  const { refusal, request, importerAssessment, exporterAssessment } = refused;
  const { dataRequestId, by, outcome, problem, rule = null } = refusal;
  const end = { type: `request.${outcome}`, dataRequestId, requestDigest: request.digest, problem, rule };
  const at = (keeper: 'importer' | 'exporter') => ({ keeper, side: refused[keeper] });
  const inExporters = { ...at('exporter'), record: { ...end, importerAssessment: importerAssessment.digest } };
  if (by === 'importer') return [{ ...at('importer'), record: end }, inExporters];
  return [inExporters, { ...at('importer'), record: { ...end, assessment: exporterAssessment?.digest ?? null } }];
}
