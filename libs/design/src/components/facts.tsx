import type { ReactElement, ReactNode } from 'react';
import { t } from '../text/messages.js';
import type { Locale } from '../text/locale.js';

/** One fact. An empty value (null) is said in words, never left blank or shown as a dash. */
export type Fact = Readonly<{ label: string; value: ReactNode; note?: string }>;

export type FactsProps = Readonly<{
  language: Locale;
  facts: readonly Fact[];
  /** Under a picture in the same card: a line divides them. */
  under?: boolean;
}>;

/** Facts as a `dl`: label above value on phones, beside it from 40 rem. */
export function Facts({ language, facts, under = false }: FactsProps): ReactElement {
  return (
    <dl className={under ? 'facts facts--under' : 'facts'}>
      {facts.map(({ label, value, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {value ?? t(language).facts.none}
            {note === undefined ? null : <small>{note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
