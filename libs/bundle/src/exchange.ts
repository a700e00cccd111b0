import { checkAt } from './checks.js';
import { type ClaimsOf, KINDS, type Kind } from './claims.js';
import { digestOf } from './encoding.js';
import { type Bundle, type SideName, SIDES } from './format.js';
import { isValidAt, type Line, linesOf } from './keys.js';
import { headerOf, partsOf, payloadOf, type Signatures } from './signatures.js';

/** A signed object, verified: its claims, the digest of its bytes, the key it was signed with. */
export type Read<K extends Kind> = Readonly<{ claims: ClaimsOf<K>; digest: string; kid: string }>;

/** One exchange as its signed objects tell it. */
export type Exchange = Readonly<{
  importer: SideName;
  exporter: SideName;
  request: Read<'request'>;
  importerAssessment: Read<'importerAssessment'>;
  exporterAssessment: Read<'exporterAssessment'>;
  consentReceipt: Read<'consentReceipt'>;
  acts: readonly Read<'act'>[];
  permit: Read<'permit'>;
  release: Read<'release'>;
  deliveryReceipt: Read<'deliveryReceipt'>;
}>;

/** What objects are verified by. */
export type Known = Readonly<{ lines: readonly Line[]; signatures: Signatures }>;

/** Verifies every signed object by a key that its signer had when it signed: checks 11 to 15. @throws BundleFault */
export async function readExchange({ objects }: Bundle, known: Known): Promise<Exchange> {
  const read = <K extends Kind>(kind: K, jws: string, place: Place): Promise<Read<K>> =>
    readObject(kind, jws, { ...place, ...known });
  const request = await read('request', objects.request, {
    at: '/objects/request',
    by: requestOwner,
  });
  const { exporter, iss: recipient, holder } = request.claims;
  const importer = importerOf(request.claims.aud) as SideName;
  const at = (name: string, owner: string): Place => ({ at: `/objects/${name}`, by: () => owner });
  const importerAssessment = await read(
    'importerAssessment',
    objects.importerAssessment,
    at('importerAssessment', `${importer}/broker`),
  );
  const exporterAssessment = await read(
    'exporterAssessment',
    objects.exporterAssessment,
    at('exporterAssessment', `${exporter}/broker`),
  );
  const consentReceipt = await read(
    'consentReceipt',
    objects.consentReceipt,
    at('consentReceipt', `${exporter}/consent`),
  );
  const acts: Read<'act'>[] = [];
  for (const [i, act] of objects.acts.entries())
    acts.push(await read('act', act, at(`acts/${i}`, `${exporter}/identity`)));
  const permit = await read('permit', objects.permit, at('permit', `${exporter}/consent`));
  const release = await read('release', objects.release, at('release', `${exporter}/participant/${holder}`));
  const deliveryReceipt = await read(
    'deliveryReceipt',
    objects.deliveryReceipt,
    at('deliveryReceipt', `${importer}/participant/${recipient}`),
  );
  return {
    ...{ importer, exporter, request, importerAssessment, exporterAssessment },
    ...{ consentReceipt, acts, permit, release, deliveryReceipt },
  };
}

/** The partner whose key signs a request. */
export const requestOwner = ({ iss, aud }: Named): string => `${importerOf(aud) ?? ''}/participant/${String(iss)}`;

/** Whose broker a request is for. */
export const importerOf = (audience: unknown): SideName | undefined =>
  SIDES.find((side) => audience === `urn:bayway:${side}:broker`);

type Named = Readonly<{ iss: unknown; aud?: unknown; iat: number }>;
type Place = Readonly<{ at: string; by: (claims: Named) => string }>;

/** Verifies one object: checks 11 to 15. @throws BundleFault */
export async function readObject<K extends Kind>(kind: K, jws: string, place: Place & Known): Promise<Read<K>> {
  const { at, by, lines, signatures } = place;
  const parts = partsOf(jws);
  const header = headerOf(parts);
  if (header?.typ !== KINDS[kind].typ) return checkAt(11, at)(false, 'header is not the one of its type') as never;
  const key = linesOf(lines, header.kid).at(-1);
  if (key?.use !== 'sig') return checkAt(12, at)(false, 'signing key is not in the bundle') as never;
  const isSigned = await signatures.es256(key.key, parts.signed, parts.signature);
  checkAt(13, at)(isSigned, 'signature does not fit the bytes');
  const claims = KINDS[kind].claims.safeParse(payloadOf(parts)).data as ClaimsOf<K> | undefined;
  if (!claims) return checkAt(14, at)(false, 'claims have another shape') as never;
  const isAllowed = checkAt(15, at);
  isAllowed(key.owner === by(claims), 'signed by somebody who may not sign it');
  isAllowed(isValidAt(key, claims.iat), 'signing key was not valid then');
  return { claims, digest: digestOf(jws), kid: header.kid };
}
