import { DomainError } from '@bayway/contracts';
import type { Frequency, RoutedDetail } from '@bayway/domain';
import { bayDay } from '../consents/bay-day.js';
import { standing, templates, TEMPLATES_VERSION, type Limits, type Template } from './templates.js';

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<Frequency['per'], number>> = { day: 1, week: 7, month: 28, year: 365 };

type Asked = Pick<
  RoutedDetail,
  'dataset' | 'purpose' | 'valid_until' | 'max_uses' | 'retention_until' | 'frequency' | 'data_range'
>;

/** The template of a request: its dataset's own, else its purpose's, else the standing one. */
export function templateFor({ dataset, purpose }: Pick<Asked, 'dataset' | 'purpose'>): Template {
  const fitting = templates.filter(({ purposes }) => purposes.includes(purpose.code));
  return (
    fitting.find((template) => template.dataset === dataset) ??
    fitting.find((template) => template.dataset === null) ??
    standing
  );
}

const daysBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** What a request asks for in the measures of the limits; null where it states none. */
const measured = (asked: Asked, today: string): Readonly<Record<keyof Limits, number | null>> => ({
  days: daysBetween(today, asked.valid_until),
  uses: asked.max_uses,
  perDay: asked.frequency ? asked.frequency.uses / DAYS[asked.frequency.per] : null,
  rangeDays: asked.data_range ? daysBetween(asked.data_range.from, asked.data_range.to) + 1 : null,
  retentionDays: daysBetween(today, asked.retention_until),
});

const MEMBER: Readonly<Record<keyof Limits, string>> = {
  days: 'valid_until',
  uses: 'max_uses',
  perDay: 'frequency',
  rangeDays: 'data_range',
  retentionDays: 'retention_until',
};

/**
 * What exceeds its purpose cannot be asked.
 * @returns the name of the template with its version
 * @throws DomainError `limit-exceeded` naming the member, what was asked and what is allowed
 */
export function assertWithinTemplate(asked: Asked, at: Date): string {
  const { id, limits } = templateFor(asked);
  const template = `${id}/${TEMPLATES_VERSION}`;
  for (const [limit, value] of Object.entries(measured(asked, bayDay(at))) as [keyof Limits, number | null][])
    if (value !== null && value > limits[limit])
      throw new DomainError('limit-exceeded', {
        template,
        member: MEMBER[limit],
        limit,
        asked: value,
        allowed: limits[limit],
      });
  return template;
}
