import type { TrafficResult } from '@bayway/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Mark } from './mark.js';

const MARKS = {
  released: { shape: 'dot', tone: 'good' },
  refused: { shape: 'bar', tone: 'bad' },
  failed: { shape: 'ring' },
  open: { shape: 'half' },
} as const;

/** What became of a request, by shape and word. */
export function ResultTag({ of }: Readonly<{ of: TrafficResult }>): ReactElement {
  const { t } = useTranslation();
  return <Mark {...MARKS[of]}>{t(`result_${of}`)}</Mark>;
}
