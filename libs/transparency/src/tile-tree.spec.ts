import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leafHash } from './merkle-hash.js';
import { MemoryTree } from './memory-tree.js';
import { encodeTile, hashFromTile, nodesOfTile, tileOfNode } from './tile.js';
import { TileTree } from './tile-tree.js';
import { TransparencyError } from './transparency-error.js';

const treeOf = (size: number) => {
  const tree = new MemoryTree();
  for (let i = 0; i < size; i++) tree.append(leafHash(Uint8Array.of(i & 255, i >> 8)));
  return tree;
};

describe('a tile with its subtrees', () => {
  it('has the hash of every complete subtree that the tile holds, and no other', () => {
    const size = 1_100;
    const tree = treeOf(size);
    const hashOf = (node: Parameters<TileTree['hash']>[0]) => tree.hashOf(node);
    fc.assert(
      fc.property(fc.nat({ max: 10 }), fc.nat({ max: size - 1 }), (level, at) => {
        const node = { level, index: Math.floor(at / 2 ** level) };
        fc.pre((node.index + 1) * 2 ** level <= size);
        const tile = tileOfNode(node, size);
        const found = new TileTree(encodeTile(tile, hashOf));
        expect(found.width).toBe(tile.width);
        expect(Buffer.from(found.hash(node))).toEqual(Buffer.from(tree.hashOf(node)));
        const hashes = nodesOfTile(tile).map(hashOf);
        expect(Buffer.from(found.hash(node))).toEqual(Buffer.from(hashFromTile(node, hashes)));
      }),
    );
    const narrow = new TileTree(encodeTile({ level: 0, index: 4, width: size % 256 }, hashOf));
    expect(() => narrow.hash({ level: 0, index: size })).toThrow(TransparencyError);
    expect(() => narrow.hash({ level: 7, index: 8 })).toThrow(TransparencyError);
  });
});
