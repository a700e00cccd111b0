import type { Statement, StatementLine } from '@bayway/contracts';

const COLUMNS = [
  ...(['side', 'exporter', 'importer', 'holder', 'recipient', 'dataset'] as const),
  ...(['released', 'refused', 'failed', 'expired', 'cancelled', 'ended', 'delivered', 'receipted'] as const),
] satisfies readonly (keyof StatementLine)[];

/** A statement as CSV (RFC 4180). Its values are codes and numbers: nothing in them needs quotes. */
export const csvOf = ({ month, lines }: Statement): string =>
  [['month', ...COLUMNS], ...lines.map((line) => [month, ...COLUMNS.map((column) => line[column] ?? '')])]
    .map((cells) => `${cells.join(',')}\r\n`)
    .join('');
