import { createHash } from 'node:crypto';

const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
const split = (n: number) => 2 ** Math.ceil(Math.log2(n) - 1);

/** The definitions of RFC 6962 section 2.1 as they are written, over the leaves from `start` to `end`. */
export class NaiveTree {
  readonly #roots = new Map<string, Uint8Array>();

  constructor(readonly entries: readonly Uint8Array[]) {}

  root(start: number, end: number): Uint8Array {
    const key = `${start}-${end}`;
    const root = this.#roots.get(key) ?? this.#compute(start, end);
    this.#roots.set(key, root);
    return root;
  }

  path(index: number, start: number, end: number): Uint8Array[] {
    if (end - start === 1) return [];
    const middle = start + split(end - start);
    return index < middle
      ? [...this.path(index, start, middle), this.root(middle, end)]
      : [...this.path(index, middle, end), this.root(start, middle)];
  }

  consistency(size: number, end: number): Uint8Array[] {
    return size === 0 ? [] : this.#subproof(size, { start: 0, end }, true);
  }

  #subproof(size: number, { start, end }: { start: number; end: number }, complete: boolean): Uint8Array[] {
    if (size === end) return complete ? [] : [this.root(start, end)];
    const middle = start + split(end - start);
    return size <= middle
      ? [...this.#subproof(size, { start, end: middle }, complete), this.root(middle, end)]
      : [...this.#subproof(size, { start: middle, end }, false), this.root(start, middle)];
  }

  #compute(start: number, end: number): Uint8Array {
    if (start === end) return sha256();
    if (end - start === 1) return sha256(Buffer.of(0), this.entries[start]!);
    const middle = start + split(end - start);
    return sha256(Buffer.of(1), this.root(start, middle), this.root(middle, end));
  }
}

/** `count` entries, all different. */
export const entriesOf = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`));
