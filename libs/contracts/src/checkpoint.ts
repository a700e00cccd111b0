import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';

/** Origin of a jurisdiction's log (C2SP tlog-checkpoint), and the name of its log key. */
export const logOrigin = (jurisdiction: Jurisdiction): string => `bayway.example/evidence/${jurisdiction}`;

/** Name of a jurisdiction's witness (C2SP tlog-cosignature). */
export const witnessName = (jurisdiction: Jurisdiction): string => `bayway.example/witness/${jurisdiction}`;

/** What a checkpoint is relied on for: one exchange between two sides (or inside one), or a fact for the whole region. */
export type Reliance = 'region' | Readonly<{ importer: Jurisdiction; exporter: Jurisdiction }>;

/**
 * Whether a checkpoint counts. The keeper of the log signs it with the log key, the two others with their witness keys.
 * For a corridor both its jurisdictions must have signed, for the whole region all three; inside one jurisdiction its
 * own signature and that of any other, because a log that only its keeper signed says nothing against its keeper.
 *
 * @param signers whose signatures were verified, the keeper's included
 */
export function checkpointCounts(signers: Iterable<Jurisdiction>, reliance: Reliance): boolean {
  const signed = new Set(signers);
  if (reliance === 'region') return JURISDICTIONS.every((jurisdiction) => signed.has(jurisdiction));
  return signed.has(reliance.importer) && signed.has(reliance.exporter) && signed.size > 1;
}
