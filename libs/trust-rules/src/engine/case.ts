import type { Facts, Item } from '../facts.js';
import type { Mark } from '../vocabulary.js';
import type { Ledger } from './ledger.js';

/** One decision in the making: the facts, what earlier provisions left, and the findings so far. */
export type Case = {
  readonly facts: Facts;
  readonly asOf: string;
  readonly marks: Set<Mark>;
  readonly ledger: Ledger;
  /** Items still in the request. */
  kept: readonly Item[];
  /** The item at hand while an item table or a `kept` condition is looked at. */
  item: Item | undefined;
};
