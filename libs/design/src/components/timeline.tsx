import type { ReactElement } from 'react';
import { formatDateTime } from '../text/format.js';
import { isHan, type Locale } from '../text/locale.js';

export type TimelineEvent = Readonly<{
  /** use: an orange square · next: dotted, still to come · past: a ring */
  kind: 'use' | 'next' | 'past';
  /** RFC 3339. What is still to come may have none. */
  at?: string;
  /** Said first, strongly. */
  title?: string;
  text?: string;
  /** Each side's acknowledgement, and the acts she agreed to; they belong to their event. */
  acks?: readonly string[];
  /** Log number, short digest, verified. */
  proof?: string;
  /** Where the evidence of it is. */
  link?: Readonly<{ href: string; text: string }>;
}>;

export type TimelineProps = Readonly<{ language: Locale; events: readonly TimelineEvent[] }>;

const CLASSES: Readonly<Record<TimelineEvent['kind'], string | undefined>> = {
  use: 'tl__use',
  next: 'tl__next',
  past: undefined,
};

function Acks({ acks }: Readonly<{ acks: readonly string[] }>): ReactElement {
  return (
    <ul className="acks">
      {acks.map((ack) => (
        <li key={ack}>
          <svg className="tick" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d="m3 8.5 3.4 3.5L13 4.5" fill="none" stroke="currentColor" strokeWidth="2.4" strokeLinecap="round" />
          </svg>
          <span>{ack}</span>
        </li>
      ))}
    </ul>
  );
}

/** What happened, in the order given (newest first for residents), to the second. */
export function Timeline({ language, events }: TimelineProps): ReactElement {
  const joint = isHan(language) ? '：' : ': ';
  return (
    <ol className="tl">
      {events.map(({ kind, at, title, text, acks, proof, link }, index) => (
        <li key={index} className={CLASSES[kind]}>
          {at === undefined ? null : <time dateTime={at}>{formatDateTime(language, at)}</time>}
          {title === undefined ? null : <b>{title}</b>}
          {title !== undefined && text !== undefined ? joint : null}
          {text}
          {acks === undefined ? null : <Acks acks={acks} />}
          {proof === undefined ? null : <p className="tl__proof">{proof}</p>}
          {link === undefined ? null : (
            <p className="small">
              <a href={link.href}>{link.text}</a>
            </p>
          )}
        </li>
      ))}
    </ol>
  );
}
