import { z } from 'zod';
import { type ClaimsOf, KINDS, type Kind } from './claims.js';
import { digestOf, isBase64url } from './encoding.js';
import { importerOf, type Exchange, type Read } from './exchange.js';
import { Bytes32, type Objects, type RefusedObjects, SideName } from './format.js';
import type { Refused } from './refusal.js';
import { lineRecord, type RecordBody } from './records.js';
import { headerOf, partsOf, payloadOf } from './signatures.js';

// For assembling only: what objects say, unverified, to know what to look for.

function peek<K extends Kind>(kind: K, jws: string): Read<K> | null {
  const parts = partsOf(jws);
  const claims = KINDS[kind].claims.safeParse(payloadOf(parts)).data as ClaimsOf<K> | undefined;
  const header = headerOf(parts);
  return claims && header ? { claims, digest: digestOf(jws), kid: header.kid } : null;
}

/** The request and the importer's assessment. */
function peekRequest(objects: Pick<Objects, 'request' | 'importerAssessment'>) {
  const request = peek('request', objects.request);
  const importerAssessment = peek('importerAssessment', objects.importerAssessment);
  const importer = importerOf(request?.claims.aud);
  if (!request || !importer || !importerAssessment) return null;
  return { importer, exporter: request.claims.exporter, request, importerAssessment };
}

/** The exchange as its objects tell it, unverified; null when one of them has another shape. */
export function peekExchange(objects: Objects): Exchange | null {
  const asked = peekRequest(objects);
  const exporterAssessment = peek('exporterAssessment', objects.exporterAssessment);
  const consentReceipt = peek('consentReceipt', objects.consentReceipt);
  const acts = objects.acts.flatMap((act) => peek('act', act) ?? []);
  const permit = peek('permit', objects.permit);
  const release = peek('release', objects.release);
  const deliveryReceipt = peek('deliveryReceipt', objects.deliveryReceipt);
  if (!asked || !exporterAssessment || acts.length !== objects.acts.length) return null;
  if (!consentReceipt || !permit || !release || !deliveryReceipt) return null;
  return { ...asked, exporterAssessment, consentReceipt, acts, permit, release, deliveryReceipt };
}

/** The refusal as its objects tell it, unverified; null when one of them has another shape. */
export function peekRefused(objects: RefusedObjects, how: Pick<Refused, 'refusal' | 'isAbroad'>): Refused | null {
  const asked = peekRequest(objects);
  const theirs = objects.exporterAssessment;
  const exporterAssessment = theirs ? peek('exporterAssessment', theirs) : null;
  return asked && (!theirs || exporterAssessment) ? { ...asked, ...how, exporterAssessment } : null;
}

const Line = z.object({
  ...{ jurisdiction: SideName, index: z.int(), owner: z.string(), use: z.string(), kid: Bytes32 },
  key: z.object({ x: Bytes32 }),
});
type PeekedLine = Readonly<{
  side: SideName;
  index: number;
  kid: string;
  use: string;
  x: string;
  record: RecordBody;
}>;

/** What a directory line says, unverified. */
export function peekLine(jws: string): PeekedLine | null {
  const parts = jws.split('.');
  if (parts.length !== 3 || !parts.every(isBase64url)) return null;
  const { data } = Line.safeParse(payloadOf(partsOf(jws)));
  if (!data) return null;
  const { jurisdiction: side, index, owner, use, kid, key } = data;
  return { side, index, kid, use, x: key.x, record: lineRecord({ index, owner, use, kid, jws }) };
}
