import type { ReactElement } from 'react';

/** The mark in the header: the span's bridge with two waves. */
export function Mark(): ReactElement {
  return (
    <svg width="30" height="30" viewBox="0 0 32 32" fill="none" stroke="currentColor" strokeLinecap="round" aria-hidden>
      <path d="M5 20C9 4.5 23 4.5 27 20" strokeWidth="2.6" />
      <path d="M2 20h28" strokeWidth="2.2" />
      <path d="M10.5 11.8V20M16 8.6V20M21.5 11.8V20" strokeWidth="1.2" opacity=".55" />
      <path d="M4 26c2-2 4-2 6 0s4 2 6 0 4-2 6 0 4 2 6 0" strokeWidth="1.8" opacity=".7" />
    </svg>
  );
}

const CREST = `M-10 5q12 -7 24 0${'t24 0'.repeat(63)}`;

/** The wave line under the header, the only ornament of resident pages. */
export function Tide(): ReactElement {
  return (
    <div className="tide" aria-hidden="true">
      <svg viewBox="0 0 1440 10" preserveAspectRatio="xMidYMid slice" focusable="false">
        <path className="tide__fill" d={`${CREST}V-4H-10Z`} />
        <path className="tide__line" d={CREST} />
      </svg>
    </div>
  );
}
