import type { ReactElement, ReactNode } from 'react';

/** ok allowed · wait waiting · bar not lawful · ring not reached · sensitive · plain no state, such as Optional */
export type TagKind = 'ok' | 'wait' | 'bar' | 'ring' | 'sensitive' | 'plain';

export type TagProps = Readonly<{ kind: TagKind; children: ReactNode }>;

const ring = <circle cx="5" cy="5" r="3.6" fill="none" stroke="currentColor" strokeWidth="1.6" />;

const SHAPES: Readonly<Record<TagKind, ReactElement | null>> = {
  ok: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  wait: (
    <>
      {ring}
      <path d="M5 1.4a3.6 3.6 0 0 1 0 7.2z" fill="currentColor" />
    </>
  ),
  bar: <path d="M1 5h8" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />,
  ring,
  sensitive: <path d="M5 .5 9.5 5 5 9.5.5 5z" fill="currentColor" />,
  plain: null,
};

/** A state or a property in three ways at once: a shape, a word and a tint. The word is the child. */
export function Tag({ kind, children }: TagProps): ReactElement {
  const shape = SHAPES[kind];
  return (
    <span className={kind === 'plain' ? 'tag' : `tag tag--${kind}`}>
      {shape && (
        <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true" focusable="false">
          {shape}
        </svg>
      )}
      {children}
    </span>
  );
}
