import type { SideName } from './format.js';
import type { RecordBody } from './records.js';

/** An entry that the signed objects of a bundle call for. */
export type ClaimedEntry = Readonly<{
  name: string;
  /** Whose log holds it. */
  side: SideName;
  /** Which of the two kept its record. */
  keeper: 'importer' | 'exporter';
  record: RecordBody;
  /** Another entry that is sealed with the same time and salt; this one has only its place. */
  sealedAs?: string;
}>;

/** What the signed objects of a bundle call for, whatever it is about. */
export type Claimed = Readonly<{
  /** The sides whose logs must hold it. */
  sides: readonly SideName[];
  /** Whose keys signed the objects. */
  signers: readonly Readonly<{ owner: string; kid: string }>[];
  /** In the order in which they are checked. */
  entries: readonly ClaimedEntry[];
}>;
