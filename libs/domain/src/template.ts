import { bayDay } from './bay-day.js';
import type { DataRequestDetail, Frequency } from './data-request.js';
import { standingTemplate, templates, TEMPLATES_VERSION, type Limits, type Template } from './templates.js';

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<Frequency['per'], number>> = { day: 1, week: 7, month: 28, year: 365 };

type Asked = Pick<
  DataRequestDetail,
  'dataset' | 'purpose' | 'valid_until' | 'max_uses' | 'retention_until' | 'frequency' | 'data_range'
>;

/** The template of a request: its dataset's own, else its purpose's, else the standing one. */
export function templateFor({ dataset, purpose }: Pick<Asked, 'dataset' | 'purpose'>): Template {
  const fitting = templates.filter(({ purposes }) => purposes.includes(purpose.code));
  return (
    fitting.find((template) => template.dataset === dataset) ??
    fitting.find((template) => template.dataset === null) ??
    standingTemplate
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

const UNIT: Readonly<Record<keyof Limits, string>> = {
  days: 'days',
  uses: 'uses',
  perDay: 'uses a day',
  rangeDays: 'days',
  retentionDays: 'days',
};

/** What is over a limit of a template: which member of the request, how much of it was asked for and how much may be. */
export type Excess = Readonly<{
  template: string;
  member: string;
  limit: keyof Limits;
  asked: number;
  allowed: number;
}>;

/** Name of a request's template with its version. */
export const templateName = (asked: Pick<Asked, 'dataset' | 'purpose'>): string =>
  `${templateFor(asked).id}/${TEMPLATES_VERSION}`;

/** The first thing in which a request exceeds its purpose, so that it cannot be asked; null when it keeps to it. */
export function excessOf(asked: Asked, at: Date): Excess | null {
  const { limits } = templateFor(asked);
  const values = measured(asked, bayDay(at));
  const limit = (Object.keys(limits) as (keyof Limits)[]).find((each) => (values[each] ?? 0) > limits[each]);
  if (!limit) return null;
  const found = { member: MEMBER[limit], limit, asked: values[limit] ?? 0, allowed: limits[limit] };
  return { template: templateName(asked), ...found };
}

/** An excess in one line, without quotes: fit to be an `error_description`. */
export const excessText = ({ template, member, limit, asked, allowed }: Excess): string =>
  `${member} asks for ${Number(asked.toFixed(2))} ${UNIT[limit]}, template ${template} allows ${allowed}`;
