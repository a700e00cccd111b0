import type { ReactElement } from 'react';
import { t } from '../text/messages.js';
import type { Locale } from '../text/locale.js';

/** asked or ending soon · allowed · ended, withdrawn or used up · not lawful directly */
export type SpanState = 'pending' | 'on' | 'ended' | 'unlawful';

/** One end of the span. `role` stands above the name; without it the state's own words are used. */
export type SpanEnd = Readonly<{ name: string; place?: string; role?: string }>;

export type SpanProps = Readonly<{
  language: Locale;
  state: SpanState;
  /** Left: who holds the record. */
  holder: SpanEnd;
  /** Right: who receives it, in every language. */
  receiver: SpanEnd;
  /** What crosses, on the bridge: `Credit report · up to 3 times`. Not shown when there is no bridge to cross. */
  label?: string;
  /** Words of the state; by default the state's own. */
  words?: string;
  /** The words of the state stand right beside the picture (a tag), so they are not said twice. */
  saidBeside?: boolean;
  /** On small cards the roles are said to screen readers only. */
  compact?: boolean;
}>;

const wave = (start: string, halfWaves: number): string => `${start}q10 -4 20 0${'t20 0'.repeat(halfWaves - 1)}`;
const NEAR_WATER = wave('M20 133', 28);
const FAR_WATER = wave('M120 145', 18);

/** Where the arch stands above the deck at `x` (30 to 570): a parabola through both piers, 98 units high. */
const archAt = (x: number): number => 118 - 392 * ((x - 30) / 540) * (1 - (x - 30) / 540);
const point = (x: number): string => `${x} ${archAt(x).toFixed(1)}`;
const hangers = (xs: readonly number[]): string => xs.map((x) => `M${x} ${archAt(x).toFixed(1)}V118`).join('');
const HANGER_XS = Array.from({ length: 14 }, (_, index) => 66 + 36 * index);
const GAP = { from: 160, to: 440 } as const;

/** The part of the arch between two x, as short straight pieces. */
function archPiece(from: number, to: number): string {
  const steps = 8;
  const xs = Array.from({ length: steps + 1 }, (_, index) => from + ((to - from) * index) / steps);
  return `M${xs.map(point).join('L')}`;
}

function WholeBridge(): ReactElement {
  return (
    <svg viewBox="0 6 600 144" aria-hidden="true" focusable="false">
      <path className="span__water" d={NEAR_WATER} />
      <path className="span__water" d={FAR_WATER} />
      <path className="span__hang" d={hangers(HANGER_XS)} />
      <path className="span__arc" d="M30 118Q300 -78 570 118" />
      <path className="span__deck" d="M0 118H600" />
      <path className="span__way" d="M294 110l9 8l-9 8" />
      <circle className="span__pier" cx="30" cy="118" r="9" />
      <circle className="span__pier" cx="570" cy="118" r="9" />
    </svg>
  );
}

/** The arch open in the middle; below it the boat, the way by one's own hand. */
function OpenBridge(): ReactElement {
  const standing = HANGER_XS.filter((x) => x < GAP.from || x > GAP.to);
  return (
    <svg viewBox="0 6 600 168" aria-hidden="true" focusable="false">
      <path className="span__water" d={NEAR_WATER} />
      <path className="span__hang" d={hangers(standing)} />
      <path className="span__arc" d={archPiece(30, GAP.from) + archPiece(GAP.to, 570)} />
      <path className="span__deck" d={`M0 118H${GAP.from}M${GAP.to} 118H600`} />
      <path className="span__ferry" d="M48 134C150 170 450 170 552 134" />
      <path className="span__hull" d="M278 154h46l-9 14h-28z" />
      <path className="span__sail" d="M302 151v-27l17 27z" />
      <path className="span__jib" d="M297 151v-20l-12 20z" />
      <circle className="span__pier" cx="30" cy="118" r="9" />
      <circle className="span__pier" cx="570" cy="118" r="9" />
    </svg>
  );
}

function End({ end, role, compact }: Readonly<{ end: SpanEnd; role: string; compact: boolean }>): ReactElement {
  return (
    <div className="span__end">
      <span className={compact ? 'vh' : 'span__role'}>{end.role ?? role} </span>
      <span className="span__name">{end.name} </span>
      {end.place === undefined ? null : <span className="span__place">{end.place}</span>}
    </div>
  );
}

/**
 * The product's picture: a bridge from the one who holds to the one who receives. Its shape is the state; the picture
 * is hidden from screen readers and the ends, the label and the state are real text, so nothing is lost without it.
 */
export function Span(props: SpanProps): ReactElement {
  const { language, state, holder, receiver, label, words, saidBeside = false, compact = false } = props;
  const own = t(language).span[state];
  return (
    <div className={`span span--${state}`}>
      {state === 'unlawful' ? <OpenBridge /> : <WholeBridge />}
      {label === undefined || state === 'unlawful' ? null : (
        <p className="span__label">
          <span>{label}</span>
        </p>
      )}
      <div className="span__ends">
        <End end={holder} role={own.holder} compact={compact} />
        <End end={receiver} role={own.receiver} compact={compact} />
      </div>
      {saidBeside ? null : <p className="span__words">{words ?? own.words}</p>}
    </div>
  );
}
