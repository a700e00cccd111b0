import type { TrafficResult } from '@bayway/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';

/** Shapes beside the words: a filled dot, a bar, a ring, a half dot. */
const SHAPES: Readonly<Record<TrafficResult, ReactElement>> = {
  released: <circle cx="5" cy="5" r="4" fill="currentColor" />,
  refused: <path d="M1 5h8" stroke="currentColor" strokeWidth="2.5" />,
  failed: <circle cx="5" cy="5" r="3.5" fill="none" stroke="currentColor" strokeWidth="1.5" />,
  open: <path d="M5 1a4 4 0 0 0 0 8z" fill="currentColor" />,
};

/** What became of a request, by shape and word. */
export function ResultTag({ of }: Readonly<{ of: TrafficResult }>): ReactElement {
  const { t } = useTranslation();
  return (
    <span className={`result result--${of}`}>
      <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
        {SHAPES[of]}
      </svg>
      {t(`result_${of}`)}
    </span>
  );
}
