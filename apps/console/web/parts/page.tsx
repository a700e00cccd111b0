import { formatDateTime } from '@bayway/design/web';
import type { ReactElement, ReactNode } from 'react';
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

export type Column<T> = Readonly<{ label: string; cell: (row: T) => ReactNode }>;

/** A table that scrolls inside its own card; the first column is the row's header. */
export function Rows<T>({
  caption,
  columns,
  rows,
  rowKey,
}: Readonly<{ caption: string; columns: readonly Column<T>[]; rows: readonly T[]; rowKey: (row: T) => string }>) {
  return (
    <div className="scroll rows" tabIndex={0} role="region" aria-label={caption}>
      <table>
        <thead>
          <tr>
            {columns.map(({ label }) => (
              <th key={label} scope="col">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map(({ label, cell }, no) =>
                no === 0 ? (
                  <th key={label} scope="row">
                    {cell(row)}
                  </th>
                ) : (
                  <td key={label}>{cell(row)}</td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
