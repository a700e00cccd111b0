import { randomUUID } from 'node:crypto';
import type { ExchangeParts, SideName } from '@bayway/bundle';
import { digestOf, epochSeconds, randomName, sign, type PrivateKey } from '@bayway/envelope';

export type ExchangeSetting = Readonly<{
  importer: SideName;
  exporter: SideName;
  recipient: string;
  holder: string;
  acts: readonly string[];
  /** Entries of others between those of this exchange. */
  others: number;
  /** Rules that each assessment names. */
  rules: number;
  /** Whether the third jurisdiction cosigned too. */
  third: boolean;
  /** Whether the exporter's broker has a new key since. */
  rotated: boolean;
  /** Owner whose key is entered in the log only after the exchange. */
  late?: string;
  /** Members of a directory line that differ, by owner. */
  lines?: Readonly<Record<string, Record<string, unknown>>>;
}>;

/** Claims that differ, by object. */
export type Over = Readonly<Partial<Record<keyof ExchangeParts['objects'], Record<string, unknown>>>>;
export type Objects = ExchangeParts['objects'];

const newIds = () => ({
  ...{ consentId: randomUUID(), dataRequestId: randomUUID(), flowId: randomUUID(), askId: randomUUID() },
  ...{ handle: randomName(), ciphertextDigest: randomName(), recordDigest: randomName() },
});
export type Ids = ReturnType<typeof newIds>;
type Claims = Record<string, unknown>;
type Make = (type: Parameters<typeof sign>[1], by: string, claims: Claims) => Promise<string>;
type Making = Readonly<{ setting: ExchangeSetting; ids: Ids; over: Over; make: Make; iat: number }>;

const DATASET = 'credit-report';
const PURPOSE = { code: 'credit-underwriting' };

/** Signs everything that is signed in one exchange, with the keys of those who sign it. */
export async function signExchange(
  setting: ExchangeSetting,
  keyOf: (owner: string) => PrivateKey,
  over: Over,
): Promise<{ objects: Objects; ids: Ids }> {
  const [ids, iat] = [newIds(), epochSeconds(new Date())];
  const make: Make = (type, by, claims) => sign(keyOf(by), type, { jti: randomUUID(), iat, ...claims });
  const making = { setting, ids, over, make, iat };
  const request = await requestOf(making);
  const importerAssessment = await assessmentOf(making, 'importer', request);
  const exporterAssessment = await assessmentOf(making, 'exporter', request);
  const { acts, consentReceipt } = await consentOf(making);
  const released = await releaseOf(making, { request, importerAssessment, exporterAssessment });
  return { objects: { request, importerAssessment, exporterAssessment, consentReceipt, acts, ...released }, ids };
}

function requestOf({ setting, ids, over, make, iat }: Making): Promise<string> {
  const { importer, exporter, recipient, holder } = setting;
  return make('request', `${importer}/participant/${recipient}`, {
    ...{
      iss: recipient,
      aud: `urn:bayway:${importer}:broker`,
      exp: iat + 120,
      request_id: ids.flowId,
      dataset: DATASET,
    },
    ...{ exporter, holder, items: ['defaults'], purpose: PURPOSE, recipient_key: randomName() },
    ...{ consent_id: ids.consentId, subject_handle: ids.handle, ...over.request },
  });
}

function assessmentOf(
  { setting, over, make }: Making,
  role: 'importer' | 'exporter',
  request: string,
): Promise<string> {
  const by = `${setting[role]}/broker`;
  return make('assessment', by, {
    ...{ iss: by, stage: 'release', requestDigest: digestOf(request), outcome: 'permit', proceeds: true },
    because: Array.from({ length: setting.rules }, (_, i) => `CN.PIPL.${i + 1}`),
    ...{ missing: [], unknown: [], droppedItems: [], obligations: [], acts: [], asOf: '2026-11-22' },
    ...{ factsDigest: randomName(), pack: { version: '2026.11', digest: randomName() } },
    ...over[`${role}Assessment`],
  });
}

async function consentOf({ setting, ids, over, make }: Making): Promise<{ acts: string[]; consentReceipt: string }> {
  const { importer, exporter, recipient, holder } = setting;
  const { askId, consentId, flowId, handle } = ids;
  const [askDigest, shown, language] = [randomName(), randomName(), 'en'];
  const subject = { kind: 'person', handle };
  const signed = setting.acts.map((act) =>
    make('act', `${exporter}/identity`, {
      ...{ iss: `${exporter}/identity`, askId, askDigest, shownDigest: shown, language, act, answer: 'agree' },
      ...{ subject, level: 3, ...over.acts },
    }),
  );
  const acts = await Promise.all(signed);
  const answer = over.acts?.['answer'] ?? 'agree';
  const consentReceipt = await make('receipt', `${exporter}/consent`, {
    ...{ schema: 'urn:bayway:consent-receipt:2', iss: `${exporter}/consent`, consentId, state: 'given', exporter },
    ...{ importer, flowId, subject, notice: { askId, askDigest, shown, language } },
    processing: { dataset: DATASET, purpose: PURPOSE, items: [{ id: 'defaults' }, { id: 'accounts' }] },
    ...{ holder: { id: holder, name: { pt: 'Agência' } }, recipient: { id: recipient } },
    acts: acts.map((act, i) => ({ kind: setting.acts[i], answer, digest: digestOf(act) })),
    ...over.consentReceipt,
  });
  return { acts, consentReceipt };
}

/** Digests of what a permit rests on. */
export const digestsOf = (of: Pick<Objects, 'request' | 'importerAssessment' | 'exporterAssessment'>) => ({
  requestDigest: digestOf(of.request),
  importerAssessmentDigest: digestOf(of.importerAssessment),
  exporterAssessmentDigest: digestOf(of.exporterAssessment),
});

async function releaseOf(
  { setting, ids, over, make, iat }: Making,
  rests: Parameters<typeof digestsOf>[0],
): Promise<Pick<Objects, 'permit' | 'release' | 'deliveryReceipt'>> {
  const { importer, exporter, recipient, holder } = setting;
  const { consentId, dataRequestId, ciphertextDigest, recordDigest } = ids;
  const digests = digestsOf(rests);
  const permit = await make('permit', `${exporter}/consent`, {
    ...{ iss: `${exporter}/consent`, exp: iat + 10, consentId, dataRequestId, holder, use: 1, ...digests },
    ...over.permit,
  });
  const release = await make('release', `${exporter}/participant/${holder}`, {
    ...{ iss: holder, dataRequestId, consentId, requestDigest: digests.requestDigest, permitDigest: digestOf(permit) },
    ...{ ciphertextDigest, recordDigest, ...over.release },
  });
  const deliveryReceipt = await make('delivery', `${importer}/participant/${recipient}`, {
    ...{ iss: recipient, dataRequestId, ciphertextDigest, recordDigest, ...over.deliveryReceipt },
  });
  return { permit, release, deliveryReceipt };
}
