import { z } from 'zod';
import { type ClaimsOf, KINDS, type Kind } from './claims.js';
import { digestOf, isBase64url } from './encoding.js';
import type { Exchange, Read } from './exchange.js';
import { Bytes32, type Objects, SideName, SIDES } from './format.js';
import { lineRecord, type RecordBody } from './records.js';
import { headerOf, partsOf, payloadOf } from './signatures.js';

// For assembling only: what objects say, unverified, to know what to look for.

function peek<K extends Kind>(kind: K, jws: string): Read<K> | null {
  const parts = partsOf(jws);
  const claims = KINDS[kind].claims.safeParse(payloadOf(parts)).data as ClaimsOf<K> | undefined;
  const header = headerOf(parts);
  return claims && header ? { claims, digest: digestOf(jws), kid: header.kid } : null;
}

/** The exchange as its objects tell it, unverified; null when one of them has another shape. */
export function peekExchange(objects: Objects): Exchange | null {
  const request = peek('request', objects.request);
  const importerAssessment = peek('importerAssessment', objects.importerAssessment);
  const exporterAssessment = peek('exporterAssessment', objects.exporterAssessment);
  const consentReceipt = peek('consentReceipt', objects.consentReceipt);
  const acts = objects.acts.flatMap((act) => peek('act', act) ?? []);
  const permit = peek('permit', objects.permit);
  const release = peek('release', objects.release);
  const deliveryReceipt = peek('deliveryReceipt', objects.deliveryReceipt);
  const importer = SIDES.find((side) => request?.claims.aud === `urn:bayway:${side}:broker`);
  if (!request || !importer || !importerAssessment || !exporterAssessment) return null;
  if (!consentReceipt || acts.length !== objects.acts.length || !permit || !release || !deliveryReceipt) return null;
  const { exporter } = request.claims;
  return {
    ...{ importer, exporter, request, importerAssessment, exporterAssessment },
    ...{ consentReceipt, acts, permit, release, deliveryReceipt },
  };
}

/** Whose key signed each object. */
export function signersOf(exchange: Exchange): { owner: string; kid: string }[] {
  const { importer, exporter, request, acts } = exchange;
  const recipient = `${importer}/participant/${request.claims.iss}`;
  const consent = `${exporter}/consent`;
  const named: readonly (readonly [string, Readonly<{ kid: string }>])[] = [
    [recipient, request],
    [`${importer}/broker`, exchange.importerAssessment],
    [`${exporter}/broker`, exchange.exporterAssessment],
    [consent, exchange.consentReceipt],
    ...acts.map((act) => [`${exporter}/identity`, act] as const),
    [consent, exchange.permit],
    [`${exporter}/participant/${request.claims.holder}`, exchange.release],
    [recipient, exchange.deliveryReceipt],
  ];
  return named.map(([owner, { kid }]) => ({ owner, kid }));
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
