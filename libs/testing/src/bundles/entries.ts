import type { ExchangeParts, RefusalParts, SideName } from '@bayway/bundle';
import { digestOf } from '@bayway/envelope';
import { claimsOf, type Log } from './logs.js';
import { digestsOf, type ExchangeSetting, type Ids, type Objects } from './objects.js';

type Made = Readonly<{ setting: ExchangeSetting; objects: Objects; ids: Ids }>;

/** Records what each service records of an exchange, in the logs of both sides, in the order of the exchange. */
export function recordExchange(made: Made, logs: Readonly<Record<SideName, Log>>): ExchangeParts['records'] {
  const { setting, objects, ids } = made;
  const { importer, exporter, recipient } = setting;
  const [ours, theirs] = [logs[importer], logs[exporter]];
  const { consentId, dataRequestId, askId, ciphertextDigest, recordDigest } = ids;
  const digests = digestsOf(objects);
  const { requestDigest, importerAssessmentDigest } = digests;
  const about = { consentId, dataRequestId, ...digests, permitDigest: digestOf(objects.permit) };
  const cipher = { ciphertextDigest, recordDigest };
  const { state } = claimsOf(objects.consentReceipt) as { state: string };
  const given = { consentId, askId, state, cause: 'redemption' };
  const receipted = { dataRequestId, receipt: digestOf(objects.deliveryReceipt), ...cipher };
  const kept = {
    importer: [
      ours.record('request.made', { dataRequestId, requestDigest, consentId, exporter, recipient }),
      ours.record('assessment.made', assessed(made, objects.importerAssessment)),
    ],
    exporter: [
      theirs.record('consent.given', { ...given, receiptDigest: digestOf(objects.consentReceipt) }),
      theirs.record('request.arrived', {
        dataRequestId,
        requestDigest,
        importer,
        assessment: importerAssessmentDigest,
      }),
      theirs.record('assessment.made', assessed(made, objects.exporterAssessment)),
      theirs.record('permit.issued', { ...about, use: 1 }),
      theirs.record('release.made', { ...about, ...cipher, releaseDigest: digestOf(objects.release) }),
    ],
  };
  ours.add([...theirs.indices.keys()].at(-1) ?? '');
  kept.importer.push(ours.record('delivery.made', { dataRequestId, requestDigest, ciphertextDigest }));
  kept.importer.push(ours.record('delivery.receipted', receipted));
  kept.exporter.push(theirs.record('delivery.receipted', receipted));
  return kept;
}

function assessed({ objects, ids }: Made, jws: string) {
  const { factsDigest, outcome, pack } = claimsOf(jws) as Assessment;
  return {
    ...{ flowId: ids.flowId, stage: 'release', requestDigest: digestOf(objects.request), assessment: digestOf(jws) },
    ...{ outcome, factsDigest, packDigest: pack.digest },
  };
}

type Assessment = { factsDigest: string; outcome: string; pack: { digest: string } };

/** Records what the brokers record of a request that ended without a release. */
export function recordRefusal(
  made: Made,
  {
    refusal,
    isAbroad,
    isAssessed,
  }: Readonly<{ refusal: RefusalParts['refusal']; isAbroad: boolean; isAssessed: boolean }>,
  logs: Readonly<Record<SideName, Log>>,
): RefusalParts['records'] {
  const { setting, objects, ids } = made;
  const { importer, exporter, recipient } = setting;
  const [ours, theirs] = [logs[importer], logs[exporter]];
  const { dataRequestId, outcome, problem, rule = null } = refusal;
  const one = { dataRequestId, requestDigest: digestOf(objects.request) };
  const importerAssessment = digestOf(objects.importerAssessment);
  const kept = {
    importer: [
      ours.record('request.made', { ...one, consentId: ids.consentId, exporter, recipient }),
      ours.record('assessment.made', assessed(made, objects.importerAssessment)),
    ],
    exporter: [] as ReturnType<Log['record']>[],
  };
  const type = `request.${outcome}`;
  const end = { ...one, problem, rule };
  if (isAbroad) {
    kept.exporter.push(theirs.record('request.arrived', { ...one, importer, assessment: importerAssessment }));
    if (isAssessed) kept.exporter.push(theirs.record('assessment.made', assessed(made, objects.exporterAssessment)));
    kept.exporter.push(theirs.record(type, { ...end, importerAssessment }));
  }
  const assessment = isAssessed ? digestOf(objects.exporterAssessment) : null;
  kept.importer.push(ours.record(type, refusal.by === 'exporter' ? { ...end, assessment } : end));
  return kept;
}
