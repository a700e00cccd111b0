import type { ReactElement, ReactNode } from 'react';
import { PHRASE_BREAK } from '../text/phrases.js';

export type CardProps = Readonly<{
  children: ReactNode;
  /** quiet: sunk, for asides · flush: no padding, for lists */
  kind?: 'quiet' | 'flush';
  /** Heading of the card, an `h2`; names the section it then is. */
  title?: string;
  id?: string;
}>;

/** A surface. With a title it is a section named by it; the id then is required to be unique on the page. */
export function Card({ children, kind, title, id }: CardProps): ReactElement {
  const look = kind === 'flush' ? 'card card--flush' : `card${kind === 'quiet' ? ' card--quiet' : ''}`;
  if (title === undefined) {
    return (
      <div className={look} id={id}>
        {children}
      </div>
    );
  }
  const titleId = id === undefined ? undefined : `${id}-title`;
  return (
    <section className={look} id={id} aria-labelledby={titleId}>
      <h2 id={titleId}>{title}</h2>
      {children}
    </section>
  );
}

/** One column; from 62 rem a second one that stays in view and holds what helps to decide. Never more than one. */
export function Columns({ children, aside }: Readonly<{ children: ReactNode; aside: ReactNode }>): ReactElement {
  return (
    <div className="cols">
      <div className="stack-l">{children}</div>
      <aside className="stack">{aside}</aside>
    </div>
  );
}

/** A titled part of an aside. */
export function Aside({ title, children }: Readonly<{ title: string; children: ReactNode }>): ReactElement {
  return (
    <div>
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** A titled section of the main column. */
export function Part({ title, id, children }: Readonly<{ title: string; id: string; children: ReactNode }>) {
  return (
    <section className="sect" id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children}
    </section>
  );
}

export type HeadingProps = Readonly<{
  /** The sentence that answers the question she came with. A Han title may hold {@link PHRASE_BREAK} marks. */
  title: string;
  /** Small facts above: who asks, signed in as, by when. */
  kicker?: readonly ReactNode[];
  /** A tag above the title. */
  tag?: ReactNode;
  /** The next sentence. */
  lead?: ReactNode;
}>;

/** The only `h1` of a page, what stands above it and the sentence below. */
export function Heading({ title, kicker = [], tag, lead }: HeadingProps): ReactElement {
  return (
    <div className="headed">
      {kicker.length === 0 ? null : (
        <p className="kicker">
          {kicker.map((part, index) => (
            <span key={index}>{part}</span>
          ))}
        </p>
      )}
      {tag === undefined ? null : <div className="row row--start">{tag}</div>}
      <h1>
        <Phrases of={title} />
      </h1>
      {lead === undefined ? null : <p className="lead">{lead}</p>}
    </div>
  );
}

/** A sentence whose phrases break between them, not inside; one phrase is plain text. */
export function Phrases({ of }: Readonly<{ of: string }>): ReactElement {
  const phrases = of.split(PHRASE_BREAK);
  if (phrases.length === 1) return <>{of}</>;
  return (
    <>
      {phrases.map((phrase, index) => (
        <span className="ph" key={index}>
          {phrase}
        </span>
      ))}
    </>
  );
}

/** What is said once and may stay folded: the full notice, articles, technical numbers. */
export function More({ summary, children }: Readonly<{ summary: string; children: ReactNode }>): ReactElement {
  return (
    <details className="more">
      <summary>{summary}</summary>
      <div>{children}</div>
    </details>
  );
}

/** Numbered steps; each a title and a sentence. */
export function Steps({ steps }: Readonly<{ steps: readonly Readonly<{ title: string; text: ReactNode }>[] }>) {
  return (
    <ol className="steps">
      {steps.map(({ title, text }) => (
        <li key={title}>
          <div>
            <b>{title}</b>
            <p>{text}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}
