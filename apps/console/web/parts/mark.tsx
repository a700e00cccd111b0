import type { ReactElement, ReactNode } from 'react';

export type Shape = 'dot' | 'half' | 'ring' | 'bar';

/** Shapes beside the words: a filled dot, a half dot, a ring, a bar. */
const SHAPES: Readonly<Record<Shape, ReactElement>> = {
  dot: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  half: <path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor" />,
  ring: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  bar: <path d="M1 5h8" stroke="currentColor" strokeWidth="2.5" />,
};

/** How something stands, by shape and word; the tone only underlines what both say. */
export const Mark = ({
  shape,
  tone,
  children,
}: Readonly<{ shape: Shape; tone?: 'good' | 'bad' | 'wait'; children: ReactNode }>): ReactElement => (
  <span className={tone === undefined ? 'mark' : `mark mark--${tone}`}>
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {SHAPES[shape]}
    </svg>
    {children}
  </span>
);
