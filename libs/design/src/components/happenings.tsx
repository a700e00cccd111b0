import type { ReactElement } from 'react';
import { formatWhen, type When } from '../text/format.js';
import type { Locale } from '../text/locale.js';

/** One line of what happened lately; `way` leads to its page, `about` says to screen readers which. */
export type Happening = Readonly<{
  at: string;
  text: string;
  way?: Readonly<{ label: string; href: string; about: string }>;
}>;

export type HappeningsProps = Readonly<{ language: Locale; happenings: readonly Happening[]; now: When }>;

/** What happened lately, newest first as given; relative time only for today and yesterday. */
export function Happenings({ language, happenings, now }: HappeningsProps): ReactElement {
  return (
    <ul className="list">
      {happenings.map(({ at, text, way }, index) => (
        <li key={index}>
          <time dateTime={at}>{formatWhen(language, at, now)}</time>
          <span className="main">{text}</span>
          {way === undefined ? null : (
            <a href={way.href}>
              {way.label}
              <span className="vh"> {way.about}</span>
            </a>
          )}
        </li>
      ))}
    </ul>
  );
}
