export * from './add-checkpoint.js';
export * from './base64.js';
export { fromHex, toHex } from './bytes.js';
export * from './checkpoint.js';
export * from './consistency.js';
export * from './cosignature.js';
export * from './ed25519.js';
export * from './entry-bundle.js';
export * from './frontier.js';
export * from './inclusion.js';
export * from './log-audit.js';
export * from './memory-tree.js';
export * from './merkle-hash.js';
export * from './note-signer.js';
export * from './note-verifier.js';
export * from './policy.js';
export * from './sha256.js';
export * from './signed-note.js';
export {
  consistencyPlan,
  foldSubtrees,
  type HashOf,
  inclusionPlan,
  type NodeId,
  type ProofPlan,
  proofOf,
  rootNodes,
} from './subtree.js';
export * from './tile.js';
export * from './tile-path.js';
export * from './tile-reader.js';
export * from './tile-tree.js';
export * from './tlog-proof.js';
export * from './transparency-error.js';
export * from './verifier-key.js';
export * from './witness.js';
