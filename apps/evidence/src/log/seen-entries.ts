import { SEGMENT } from './log.store.js';

/** Bits of a segment's filter: 16 an entry. */
const BITS = 16 * SEGMENT;
/** Bits that an entry sets: with so many, one in a thousand new entries looks like one that is there. */
const PROBES = 6;

/**
 * Tells of most commitments, without asking PostgreSQL, that the log does not have them: one Bloom filter (2 MB) for each
 * segment of the log. A commitment is an HMAC, so its own bytes are its hashes.
 */
export class SeenEntries {
  private readonly filters: Uint8Array[] = [];
  #size = 0;

  /** How many entries it knows, from the first on. */
  get size(): number {
    return this.#size;
  }

  /** Notes entries from `index` on. A gap before them is no harm, but they count as known only without one. */
  note(index: number, commitments: readonly Buffer[]): void {
    commitments.forEach((commitment, i) => this.add(Math.floor((index + i) / SEGMENT), commitment));
    if (index <= this.#size) this.#size = Math.max(this.#size, index + commitments.length);
  }

  /** Whether a commitment may be among the noted ones; one that was noted always may. */
  mayHave(commitment: Buffer): boolean {
    return this.filters.some((filter) => {
      for (let i = 0; i < PROBES; i++) {
        const bit = bitOf(commitment, i);
        if ((filter[bit >>> 3]! & (1 << (bit & 7))) === 0) return false;
      }
      return true;
    });
  }

  private add(segment: number, commitment: Buffer): void {
    const filter = (this.filters[segment] ??= new Uint8Array(BITS / 8));
    for (let i = 0; i < PROBES; i++) {
      const bit = bitOf(commitment, i);
      filter[bit >>> 3]! |= 1 << (bit & 7);
    }
  }
}

const bitOf = (commitment: Buffer, probe: number): number => commitment.readUInt32LE(4 * probe) % BITS;
