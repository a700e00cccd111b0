import type { ReactElement, ReactNode } from 'react';
import { t } from '../text/messages.js';
import { Button } from './button.js';
import { Heading } from './layout.js';
import { Tag } from './tag.js';
import { joinSentences, type Locale } from '../text/locale.js';

export type NoticeProps = Readonly<{
  children: ReactNode;
  /** sensitive: why sensitive items are needed · stop: what is not lawful */
  kind?: 'sensitive' | 'stop';
  /** Told to screen readers once, politely: something has changed since she asked. */
  status?: boolean;
}>;

/** A remark with a rule at its left. */
export function Notice({ children, kind, status = false }: NoticeProps): ReactElement {
  return (
    <div className={kind === undefined ? 'note' : `note note--${kind}`} role={status ? 'status' : undefined}>
      {children}
    </div>
  );
}

export type RefusedProps = Readonly<{
  language: Locale;
  /** What cannot be done, the transfer as subject, and the way that is open. Never a person, never "rejected". */
  title: string;
  kicker?: readonly ReactNode[];
  /**
   * not-lawful: what is closed, what is open · waiting: a step or a fact is missing, or a person decides.
   * Only the first carries the mark "not lawful".
   */
  reason?: 'not-lawful' | 'waiting';
  /** Words of the mark when the reason is `waiting`. */
  mark?: string;
  /** Which, whose, by when; stands after "this says nothing about you" and "nothing was sent". */
  lead?: string;
}>;

/** The opening of an answer that is not yes. A refusal is an answer, not an error: it has no alert role. */
export function Refused({ language, title, kicker, reason = 'not-lawful', mark, lead }: RefusedProps): ReactElement {
  const { refusal, status } = t(language);
  const sentences = [refusal.notYou, refusal.nothingSent, lead].filter((sentence) => sentence !== undefined);
  return (
    <Heading
      title={title}
      kicker={kicker}
      tag={
        reason === 'not-lawful' ? (
          <Tag kind="bar">{status.notLawful}</Tag>
        ) : (
          <Tag kind="wait">{mark ?? t(language).decision.hold}</Tag>
        )
      }
      lead={joinSentences(language, ...sentences)}
    />
  );
}

export type EmptyStateProps = Readonly<{
  /** What is empty and what would appear here, in one or two sentences. */
  children: ReactNode;
  /** The one way on. */
  way?: Readonly<{ label: string; href: string }>;
}>;

/** Nothing is here yet, said in words. What cannot be reached is never shown as empty. */
export function EmptyState({ children, way }: EmptyStateProps): ReactElement {
  return (
    <div className="empty">
      <p>{children}</p>
      {way === undefined ? null : (
        <Button href={way.href} small>
          {way.label}
        </Button>
      )}
    </div>
  );
}
