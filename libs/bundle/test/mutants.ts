const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** A generator of numbers in [0, 1), the same for the same seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const below = (next: () => number, n: number) => Math.floor(next() * n);
const other = (byte: number, candidate: number) => (candidate === byte ? candidate ^ 1 : candidate);

/** One byte changed at every `stride`th position: to another base64url character half the time, else to any byte. */
export function* everyByte(bytes: Uint8Array, { seed, stride = 1 }: { seed: number; stride?: number }) {
  const next = random(seed);
  for (let at = 0; at < bytes.length; at += stride) yield withByte(bytes, at, next);
}

function withByte(bytes: Uint8Array, at: number, next: () => number): Uint8Array {
  const mutant = Uint8Array.from(bytes);
  const candidate = next() < 0.5 ? ALPHABET.charCodeAt(below(next, 64)) : below(next, 256);
  mutant[at] = other(bytes[at]!, candidate);
  return mutant;
}

type Tree = Record<string, unknown> | unknown[];
const places = (value: unknown, path: string[] = []): string[][] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([name, member]) => places(member, [...path, name]))]
    : [path];
const parentOf = (root: Tree, path: readonly string[]) =>
  path.slice(0, -1).reduce((at, name) => (at as Record<string, unknown>)[name] as Tree, root) as Record<
    string,
    unknown
  >;

/** One seeded mutation, of the bytes or of the value: what a clumsy or a cunning hand would do. `donor` lends its parts. */
export function mutate(bytes: Uint8Array, donor: Uint8Array, next: () => number): Uint8Array {
  const kind = below(next, 8);
  const at = below(next, bytes.length);
  if (kind === 0) return withByte(bytes, at, next);
  if (kind === 1) return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + below(next, 8))]);
  if (kind === 2) return Buffer.concat([bytes.subarray(0, at), Buffer.from([below(next, 256)]), bytes.subarray(at)]);
  if (kind === 3) return bytes.subarray(0, at);
  const mutant = ofValue(JSON.parse(Buffer.from(bytes).toString()) as Tree, {
    kind,
    donor: JSON.parse(Buffer.from(donor).toString()) as Tree,
    next,
  });
  return mutant ?? withByte(bytes, at, next);
}

type Hand = Readonly<{ kind: number; donor: Tree; next: () => number }>;

/** Takes away, moves, replaces by another bundle's or adds a member; null when that changed nothing. */
function ofValue(root: Tree, { kind, donor, next }: Hand): Uint8Array | null {
  const before = JSON.stringify(root);
  const all = places(root).filter((path) => path.length > 0);
  const path = all[below(next, all.length)]!;
  const name = path.at(-1)!;
  const parent = parentOf(root, path);
  if (kind === 4) remove(parent, name);
  if (kind === 5) parent[name] = valueAt(donor, path) ?? null;
  if (kind === 6) {
    const twin = all[below(next, all.length)]!;
    const there = parentOf(root, twin);
    [parent[name], there[twin.at(-1)!]] = [valueAt(root, twin), parent[name]];
  }
  if (kind === 7) add(parent, name);
  const after = stringified(root);
  return after === null || after === before ? null : Buffer.from(after);
}

function remove(parent: Tree, name: string): void {
  if (Array.isArray(parent)) parent.splice(Number(name), 1);
  else delete parent[name];
}

function add(parent: Tree, name: string): void {
  if (Array.isArray(parent)) parent.push(parent[0]);
  else parent[`${name}x`] = parent[name];
}

/** A swap may put a value into itself. */
function stringified(root: Tree): string | null {
  try {
    return JSON.stringify(sorted(root));
  } catch {
    return null;
  }
}

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, sorted(member)]),
  );
};

const valueAt = (root: Tree, path: readonly string[]): unknown =>
  path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], root);
