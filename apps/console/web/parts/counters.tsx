import type { CountersView } from '@bayway/contracts';
import { formatDate, formatNumber } from '@bayway/design/web';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';

type Item = CountersView['items'][number];
type Kind = 'general' | 'sensitive';
const KINDS: readonly Kind[] = ['sensitive', 'general'];
/** From here on it is said in words. */
const NEAR = 0.8;
const DAY_MS = 86_400_000;

/** The next threshold that a count has not reached; the last one when it has passed all. */
const limitOf = (kind: Kind, item: Item, { thresholds }: CountersView): number =>
  thresholds[kind].find((limit) => item[kind] < limit) ?? thresholds[kind].at(-1) ?? 1;

const share = (kind: Kind, item: Item, view: CountersView): number => item[kind] / limitOf(kind, item, view);

/** A holder came near to a threshold of the law, or passed it. */
export const isNear = (item: Item, view: CountersView): boolean =>
  KINDS.some((kind) => share(kind, item, view) >= NEAR);

/** The day of this year on which the limit is reached at the pace so far, or null. */
function reachedOn(count: number, limit: number, { year, daysGone }: CountersView): string | null {
  if (count === 0 || count >= limit) return null;
  const day = new Date(Date.UTC(year, 0, 1) + (Math.ceil((limit * daysGone) / count) - 1) * DAY_MS);
  return day.getUTCFullYear() === year
    ? formatDate(language, `${day.toISOString().slice(0, 10)}T12:00:00+08:00`)
    : null;
}

/** How many people's data each holder sent abroad this year: figure, limit, and when it is reached at this pace. */
export function Counters({ of }: Readonly<{ of: CountersView }>): ReactElement {
  const { t } = useTranslation();
  return (
    <ul className="meters">
      {of.items.flatMap((item) =>
        KINDS.filter((kind) => item[kind] > 0).map((kind) => {
          const limit = limitOf(kind, item, of);
          const day = reachedOn(item[kind], limit, of);
          const figures = `${formatNumber(language, item[kind])} / ${formatNumber(language, limit)}`;
          return (
            <li key={item.holder + kind}>
              <b>{item.holder}</b> · {t(`counter_${kind}`)}
              <meter aria-label={`${item.holder}, ${t(`counter_${kind}`)}`} min={0} max={limit} value={item[kind]} />
              <small>
                {figures} · {day === null ? t('notThisYear') : t('reachedOn', { day })}
                {share(kind, item, of) >= NEAR ? ` · ${t('near')}` : ''}
              </small>
            </li>
          );
        }),
      )}
    </ul>
  );
}
