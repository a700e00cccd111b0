import type { ReactElement } from 'react';
import { fill, t } from '../text/messages.js';
import { Tag } from './tag.js';
import type { Locale } from '../text/locale.js';

/** The box of an item she may leave out. It starts unticked; `kept` is what she ticked before a mistake elsewhere. */
export type OptionalItem = Readonly<{ name: string; value: string; kept?: boolean }>;

/** One item of a record. `note` stands under the name. */
export type Item = Readonly<{ name: string; note?: string; sensitive?: boolean; optional?: OptionalItem }>;

export type ItemsProps = Readonly<{ language: Locale; items: readonly Item[] }>;

function Marks({ language, item }: Readonly<{ language: Locale; item: Item }>): ReactElement | null {
  const { status } = t(language);
  if (!item.sensitive && !item.optional) return null;
  return (
    <span className="tags">
      {item.optional ? <Tag kind="plain">{status.optional}</Tag> : null}
      {item.sensitive ? <Tag kind="sensitive">{status.sensitive}</Tag> : null}
    </span>
  );
}

function Box({ language, item, optional }: Readonly<{ language: Locale; item: Item; optional: OptionalItem }>) {
  const { ask } = t(language);
  return (
    <label className="opt">
      <input type="checkbox" name={optional.name} value={optional.value} defaultChecked={optional.kept ?? false} />
      <span className="what">
        {fill(ask.add, { item: item.name })}
        <small>{item.note ?? ask.notNeeded}</small>
      </span>
      <Marks language={language} item={item} />
    </label>
  );
}

/** What would be sent: every item by name, sensitive ones marked, optional ones with an unticked box. Never folded. */
export function Items({ language, items }: ItemsProps): ReactElement {
  return (
    <ul className="items">
      {items.map((item) => (
        <li key={item.optional?.value ?? item.name}>
          {item.optional ? (
            <Box language={language} item={item} optional={item.optional} />
          ) : (
            <>
              <span className="what">
                {item.name}
                {item.note === undefined ? null : <small>{item.note}</small>}
              </span>
              <Marks language={language} item={item} />
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
