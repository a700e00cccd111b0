import { TransparencyError } from './transparency-error.js';

/** Where a walk from a node to the root stands: index of the node, and of the last node, on their level. */
export type Position = Readonly<{ node: number; last: number }>;

/**
 * On which side of the walked path each hash of a proof stands (RFC 9162 sections 2.1.3.2 and 2.1.4.2, the loop common to
 * both). Where the path has no right neighbour, levels are skipped.
 *
 * @throws TransparencyError `proof-invalid` unless the path has exactly `count` neighbours
 */
export function sidesOf(start: Position, count: number): ('left' | 'right')[] {
  const sides: ('left' | 'right')[] = [];
  let { node, last } = start;
  while (last > 0) {
    if (node % 2 === 1 || node < last) sides.push(node % 2 === 1 ? 'left' : 'right');
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  if (sides.length !== count) throw new TransparencyError('proof-invalid', 'proof has another length');
  return sides;
}
