import { concat } from './bytes.js';
import { TILE_WIDTH } from './tile-path.js';
import { TransparencyError } from './transparency-error.js';

/** Bytes an entry may have at most: its length is written in 16 bits. */
export const MAX_ENTRY_SIZE = 65_535;

/**
 * Bundle of 1 to 256 consecutive entries, each behind its length in two bytes, big-endian (tlog-tiles).
 *
 * @throws TransparencyError `bundle-malformed` when an entry is too long or there are too few or many
 */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  checkWidth(entries.length);
  return concat(
    ...entries.map((entry) => {
      if (entry.length > MAX_ENTRY_SIZE) throw refused('entry is too long');
      return concat(Uint8Array.of(entry.length >> 8, entry.length & 0xff), entry);
    }),
  );
}

/**
 * Entries of a bundle of exactly `width` entries.
 *
 * @throws TransparencyError `bundle-malformed` when there are fewer or more, or bytes are left over
 */
export function decodeEntryBundle(width: number, bytes: Uint8Array): Uint8Array[] {
  checkWidth(width);
  const entries: Uint8Array[] = [];
  let at = 0;
  while (entries.length < width) {
    if (at + 2 > bytes.length) throw refused('bundle is too short');
    const length = (bytes[at]! << 8) | bytes[at + 1]!;
    at += 2;
    if (at + length > bytes.length) throw refused('bundle is too short');
    entries.push(bytes.slice(at, at + length));
    at += length;
  }
  if (at !== bytes.length) throw refused('bundle is too long');
  return entries;
}

function checkWidth(width: number): void {
  if (!Number.isInteger(width) || width < 1 || width > TILE_WIDTH) throw refused('a bundle has 1 to 256 entries');
}

const refused = (message: string) => new TransparencyError('bundle-malformed', message);
