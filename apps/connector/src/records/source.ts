import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { bayDay, type DataRange, type IdentityDocument } from '@bayway/domain';
import { CONNECTOR_FILE, type ConnectorFile, type Dataset, type Item } from '../settings/connector-file.js';
import { HttpReader } from './http-reader.js';
import type { Query, Reader } from './reader.js';
import { checkedRows, shaped, withinRange, withinRetention, type Said } from './rows.js';
import { SqlReader } from './sql-reader.js';

/** The holder's own system: reads what the configuration says, changes nothing. */
@Injectable()
export class Source implements OnModuleDestroy {
  private readonly reader: Reader;

  constructor(@Inject(CONNECTOR_FILE) { source, holder }: ConnectorFile) {
    this.reader = 'http' in source ? new HttpReader(source, holder) : new SqlReader(source, holder);
  }

  async onModuleDestroy(): Promise<void> {
    await this.reader.close();
  }

  /**
   * Reads the wanted items of the record that the holder has under one of the documents: one snapshot, read only.
   * @param asked items, and of which days; no range: whatever is on file
   * @returns under which document it is kept, and item id → what is on file, checked against the configuration, of those
   * days and within retention
   * @throws DomainError `record-not-found`, `record-invalid`, `holder-unreachable`
   */
  async read(
    dataset: Dataset,
    { items: wanted, range }: { items: readonly string[]; range: DataRange | undefined },
    documents: readonly IdentityDocument[],
  ): Promise<Readonly<{ document: IdentityDocument; items: Record<string, Said> }>> {
    return this.reader.within(async (query) => {
      const document = await found(query, dataset, documents);
      if (!document) throw new DomainError('record-not-found');
      const asOf = bayDay(new Date());
      const items: Record<string, Said> = {};
      for (const id of wanted) {
        const item = itemOf(dataset, id);
        const rows = checkedRows(id, await query(item, document), item);
        items[id] = shaped(withinRange(withinRetention(rows, item, asOf), item, range), item);
      }
      return { document, items };
    });
  }
}

async function found(
  query: Query,
  dataset: Dataset,
  documents: readonly IdentityDocument[],
): Promise<IdentityDocument | null> {
  const presence = { ...itemOf(dataset, dataset.presence), rows: 1 };
  for (const document of documents) if ((await query(presence, document)).length > 0) return document;
  return null;
}

/** @throws DomainError `item-unknown` */
function itemOf(dataset: Dataset, id: string): Item {
  const item = (dataset.items as Record<string, Item | undefined>)[id];
  if (!item) throw new DomainError('item-unknown', { item: id });
  return item;
}
