import type { IdentityDocument } from '@bayway/domain';
import type { Item } from '../settings/connector-file.js';
import type { Row } from './rows.js';

/** Looks up the rows of one item; nothing of them has been checked yet. */
export type Query = (item: Item, document: IdentityDocument) => Promise<Row[]>;

/** A way to a holder's own system. */
export type Reader = Readonly<{
  /**
   * Reads whatever `work` asks for; from a database, as of one moment.
   * @throws DomainError `record-invalid`, `holder-unreachable`
   */
  within: <T>(work: (query: Query) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
}>;
