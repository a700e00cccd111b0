import { formatDateTime, formatNumber } from '@bayway/design/web';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';

const UNITS = [
  ['agoHours', 3_600_000],
  ['agoMinutes', 60_000],
  ['agoSeconds', 1_000],
] as const;

/** How long before `now` something was, with the exact time beside it. */
export function Ago({ at, now }: Readonly<{ at: string; now: string }>): ReactElement {
  const { t } = useTranslation();
  const passed = Math.max(0, Date.parse(now) - Date.parse(at));
  const [words, size] = UNITS.find(([, ms]) => passed >= ms) ?? UNITS[2];
  return (
    <>
      {t(words, { n: formatNumber(language, Math.floor(passed / size)) })}{' '}
      <small className="small">
        <time dateTime={at}>{formatDateTime(language, at)}</time>
      </small>
    </>
  );
}
