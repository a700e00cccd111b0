import type { RuleLine } from '@bayway/contracts';
import { formatDate, formatNumber } from '@bayway/design/web';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { language } from '../i18n.js';
import { Mark, type Shape } from './mark.js';

/** How far a rule was checked against the law: the mark, and a remark that some have. */
export const checkedAs = (verification: string): readonly [mark: string, remark: string] => {
  const [mark = '', ...remark] = verification.split(', ');
  return [mark, remark.join(', ')];
};

const SHAPES: Readonly<Record<string, Shape>> = { V: 'dot', S: 'half', 2: 'half', GK: 'ring', design: 'bar' };
const dayOf = (day: string): string => formatDate(language, `${day}T12:00:00+08:00`);

/** From when to when a rule is in force, in words. */
export function useDays(): (of: Pick<RuleLine, 'effectiveFrom' | 'effectiveTo'>) => string {
  const { t } = useTranslation();
  return ({ effectiveFrom, effectiveTo }) => {
    if (effectiveFrom === null) return t('daysNone');
    const from = dayOf(effectiveFrom);
    return effectiveTo === null ? t('daysFrom', { from }) : t('daysFromTo', { from, to: dayOf(effectiveTo) });
  };
}

/** How a rule stands: in force or not, how far it was checked, which cases exercise it. */
export function RuleMarks({ of }: Readonly<{ of: RuleLine }>): ReactElement {
  const { t } = useTranslation();
  const days = useDays();
  const [mark, remark] = checkedAs(of.verification);
  const { cited, decided } = of.cases;
  const count = (n: number): string => formatNumber(language, n);
  return (
    <div className="law__marks">
      <Mark shape={SHAPES[mark] ?? 'ring'} {...(mark === 'GK' ? { tone: 'wait' as const } : {})}>
        {t(`verified_${mark}`)}
      </Mark>
      {remark === '' ? null : (
        <small lang="en" className="small">
          {remark}
        </small>
      )}
      <small>{days(of)}</small>
      <small>{cited === 0 ? t('casesNone') : t('casesLine', { decided: count(decided), cited: count(cited) })}</small>
    </div>
  );
}
