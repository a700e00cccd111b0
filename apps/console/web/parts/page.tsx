import { formatDateTime } from '@bayway/design/web';
import { Button } from 'antd';
import { useRef, type ReactElement, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';

/** The sentence first, then what can be done, then the rest. */
export function View({
  title,
  lead,
  acts,
  children,
}: Readonly<{ title: string; lead?: ReactNode; acts?: ReactNode; children: ReactNode }>): ReactElement {
  return (
    <div className="stack">
      <div className="headrow">
        <div>
          <h1>{title}</h1>
          {lead === undefined ? null : <p>{lead}</p>}
        </div>
        {acts === undefined ? null : <div className="acts">{acts}</div>}
      </div>
      {children}
    </div>
  );
}

/** A time of the Bay, or a dash said aloud as nothing. */
export const At = ({ at }: Readonly<{ at: string | null }>): ReactElement =>
  at === null ? <span aria-hidden="true">–</span> : <time dateTime={at}>{formatDateTime(language, at)}</time>;

export type Figure = Readonly<{ label: string; value: ReactNode }>;

/** The strip of figures. */
export const Figures = ({ of }: Readonly<{ of: readonly Figure[] }>): ReactElement => (
  <dl className="strip">
    {of.map(({ label, value }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

export type Column<T> = Readonly<{
  label: string;
  cell: (row: T) => ReactNode;
  right?: boolean;
  /** It holds sentences, which may take several lines. */
  wrap?: boolean;
}>;

const classOf = ({ right, wrap }: Column<never>): string | undefined => {
  if (wrap) return 'wrap';
  return right ? 'right' : undefined;
};

/** A table that scrolls inside its own card; the first column is the row's header. */
export function Rows<T>({
  caption,
  columns,
  rows,
  rowKey,
  csv,
}: Readonly<{
  caption: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string;
  /** Name of the file that holds the table as it stands; absent: none is offered. */
  csv?: string;
}>) {
  const table = (
    <div className="scroll rows" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <thead>
          <tr>
            {columns.map(({ label, right }) => (
              <th key={label} scope="col" className={right ? 'right' : undefined}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, no) =>
                no === 0 ? (
                  <th key={column.label} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.label} className={classOf(column)}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
  return csv === undefined ? table : <WithCsv name={csv}>{table}</WithCsv>;
}

/** The words of a table's cells, row by row, as a file of values (RFC 4180). Whatever a spreadsheet would run is kept as text. */
const csvOf = (table: HTMLTableElement): string =>
  [...table.rows]
    .map((row) =>
      [...row.cells]
        .map(({ textContent }) => `"${(textContent ?? '').replace(/^(?=[=+@\t\r-])/, "'").replaceAll('"', '""')}"`)
        .join(','),
    )
    .join('\r\n');

function WithCsv({ name, children }: Readonly<{ name: string; children: ReactNode }>): ReactElement {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const save = (): void => {
    const table = place.current?.querySelector('table');
    if (!table) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['\uFEFF', csvOf(table)], { type: 'text/csv' }));
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <div ref={place} className="stack">
      {children}
      <Button size="small" onClick={save}>
        {t('tableCsv')}
      </Button>
    </div>
  );
}
