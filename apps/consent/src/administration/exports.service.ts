import { Inject, Injectable } from '@nestjs/common';
import type { AdminConsentDetail, ConsentExport, ConsentFilter } from '@bayway/contracts';
import { canonicalDigest } from '@bayway/envelope';
import { CONFIG, recordEvidence, Transactions } from '@bayway/service';
import type { ConsentConfig } from '../config.js';
import { decodeCursor, encodeCursor } from '../keyset.js';
import { detailsOf } from './consents-view.js';
import { findIds, findInOrder } from './search.store.js';

type Asked = Readonly<{ filter: ConsentFilter; after?: string | undefined; limit: number }>;

/** What a regulator is given: consents with the commitments by which each step can be proven against the log. */
@Injectable()
export class ExportsService {
  constructor(
    @Inject(Transactions) private readonly transactions: Transactions,
    @Inject(CONFIG) private readonly config: ConsentConfig,
  ) {}

  /** One page. That it was made, by whom and of what, is evidence itself. */
  make(by: string, { filter, after, limit }: Asked): Promise<ConsentExport> {
    return this.transactions.run(async (tx) => {
      const place = after === undefined ? null : decodeCursor(after);
      const ids = await findIds(tx, { filter, after: place, limit: limit + 1 });
      const rows = await findInOrder(tx, ids.slice(0, limit));
      const last = ids.length > limit ? rows.at(-1) : undefined;
      const items = await detailsOf(tx, rows);
      const itemsDigest = canonicalDigest(items);
      const filterDigest = canonicalDigest(filter);
      await recordEvidence(tx, 'export.made', { by, filterDigest, itemsDigest, count: items.length });
      const { JURISDICTION: jurisdiction } = this.config;
      return {
        madeAt: new Date().toISOString(),
        jurisdiction,
        log: this.config.EVIDENCE_URLS[jurisdiction],
        filter,
        items,
        next: last ? encodeCursor(last.decidedAt, last.id) : null,
      };
    });
  }
}

const COLUMNS = [
  'id',
  'state',
  'subject',
  'subjectKind',
  'holder',
  'recipient',
  'importer',
  'exporter',
  'dataset',
  'purpose',
  'decidedAt',
  'givenAt',
  'endedAt',
  'validUntil',
  'uses',
  'maxUses',
] as const satisfies readonly (keyof AdminConsentDetail)[];

/** A cell as RFC 4180 has it; what a spreadsheet would take for a formula is made text. */
function cell(value: string | number | null): string {
  const text = String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** An export as CSV (RFC 4180): a line per consent, its way of withdrawal and its commitments in the last columns. */
export function toCsv({ items }: Pick<ConsentExport, 'items'>): string {
  const head = [...COLUMNS, 'withdrawnBy', 'withdrawalReference', 'commitments'];
  const lines = items.map((item) => [
    ...COLUMNS.map((column) => item[column]),
    item.withdrawal?.channel ?? null,
    item.withdrawal?.reference ?? null,
    item.evidence.map(({ type, commitment }) => `${type}=${commitment}`).join(' '),
  ]);
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('');
}
