import type { ReactElement, ReactNode } from 'react';
import { Phrases } from './layout.js';

const wave = (start: string, halfWaves: number): string => `${start}q10-6 20 0${'t20 0'.repeat(halfWaves - 1)}`;
const HANGERS =
  'M66 105V130M102 84V130M138 66V130M174 52V130M210 41V130M246 34V130M282 30V130' +
  'M318 30V130M354 34V130M390 41V130M426 52V130M462 66V130M498 84V130M534 105V130';

export type HarbourProps = Readonly<{
  /** The sentence before everything else: the page's `h1`. One part of it may be a `<b>`. */
  title: ReactNode;
  /** A line above the title. */
  before?: string;
  /** The next sentence. */
  text?: ReactNode;
  /** Leaves room below for the bridge. */
  tall?: boolean;
}>;

/** The deep-water panel that opens sign-in and home; at most one on a page. */
export function Harbour({ title, before, text, tall = false }: HarbourProps): ReactElement {
  return (
    <section className={tall ? 'harbour harbour--tall' : 'harbour'}>
      <svg className="harbour__bridge" viewBox="0 0 600 190" aria-hidden="true" focusable="false">
        <path d="M30 130Q300 -70 570 130" strokeWidth="5" />
        <path d="M0 130H600" strokeWidth="3" />
        <path d={HANGERS} strokeWidth="1.5" />
        <path d={wave('M0 152', 30) + wave('M60 170', 24)} strokeWidth="2" />
      </svg>
      {before === undefined ? null : <p className="harbour__before">{before}</p>}
      <h1>{typeof title === 'string' ? <Phrases of={title} /> : title}</h1>
      {text === undefined ? null : <p>{text}</p>}
    </section>
  );
}
