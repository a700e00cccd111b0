import type { RuleLine, RulesView } from '@bayway/contracts';
import { formatNumber, jurisdictionName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Card, Empty } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Filters, type Filter } from '../parts/filters.js';
import { Figures, View } from '../parts/page.js';
import { checkedAs, RuleMarks } from '../parts/rule-marks.js';
import { Shown } from '../parts/shown.js';

const PLACES = ['hk', 'mo', 'cn'] as const;
const SYSTEMS = ['gba', 'platform'] as const;
const MARKS = ['V', 'S', '2', 'GK', 'design'] as const;

function useFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const systems = [
    ...PLACES.map((one) => [one, jurisdictionName(language, one)] as const),
    ...SYSTEMS.map((one) => [one, t(`system_${one}`)] as const),
  ];
  return [
    { name: 'q', label: t('findRule') },
    { name: 'system', label: t('system'), options: systems },
    { name: 'checked', label: t('verification'), options: MARKS.map((one) => [one, t(`verified_${one}`)]) },
    { name: 'force', label: t('force'), options: ['yes', 'no'].map((one) => [one, t(`force_${one}`)]) },
  ];
}

/** Whether a rule is one that the address asks for. */
function fits(rule: RuleLine, instrument: string, values: URLSearchParams): boolean {
  const words = values.get('q')?.toLowerCase() ?? '';
  const [system, checked, force] = ['system', 'checked', 'force'].map((name) => values.get(name));
  return (
    `${rule.id} ${rule.article} ${rule.text} ${instrument}`.toLowerCase().includes(words) &&
    (!system || rule.systems.includes(system)) &&
    (!checked || checkedAs(rule.verification)[0] === checked) &&
    (!force || rule.isInForce === (force === 'yes'))
  );
}

const Law = ({ rules }: Readonly<{ rules: readonly RuleLine[] }>): ReactElement => (
  <ul className="law">
    {rules.map((rule) => (
      <li key={rule.id}>
        <h3>
          <Link to={`/console/rules/${rule.id}`}>{rule.article}</Link>
          <br />
          <small className="mono">{rule.id}</small>
        </h3>
        <p className="law__text">{rule.text}</p>
        <RuleMarks of={rule} />
      </li>
    ))}
  </ul>
);

function Packs({ of, values }: Readonly<{ of: RulesView; values: URLSearchParams }>): ReactElement {
  const { t } = useTranslation();
  const shown = of.instruments
    .map(({ name, rules }) => ({ name, rules: rules.filter((rule) => fits(rule, name, values)) }))
    .filter(({ rules }) => rules.length > 0);
  const n = formatNumber(
    language,
    shown.reduce((sum, { rules }) => sum + rules.length, 0),
  );
  if (shown.length === 0)
    return (
      <Card data-state="empty">
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={<span className="quiet">{t('noRules')}</span>} />
      </Card>
    );
  return (
    <>
      <p className="quiet" role="status">
        {t('shownRules', { n })}
      </p>
      {shown.map(({ name, rules }) => (
        <section key={name}>
          <h2>{name}</h2>
          <Law rules={rules} />
        </section>
      ))}
    </>
  );
}

/** The law as this place applies it: each article with its text, its days, how it was checked and how it is tried. */
export default function Rules(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const filters = useFilters();
  values.delete('ui_locales');
  const query = useQuery({
    queryKey: ['rules'],
    queryFn: () => read<RulesView>(`rules?language=${language}`),
    staleTime: 60_000,
  });
  const rules = query.data?.instruments.flatMap((instrument) => instrument.rules) ?? [];
  const count = (of: (rule: RuleLine) => boolean): string => formatNumber(language, rules.filter(of).length);
  const figures = {
    all: count(() => true),
    inForce: count(({ isInForce }) => isInForce),
    read: count(({ verification }) => checkedAs(verification)[0] === 'V'),
    open: count(({ verification }) => checkedAs(verification)[0] === 'GK'),
    tried: count(({ cases }) => cases.cited > 0),
  };
  return (
    <View
      title={t('rules')}
      lead={query.data ? t('rulesLead', figures) : undefined}
      acts={<Link to="/console/simulator">{t('simulatorLink')}</Link>}
    >
      <Shown query={query}>
        {(of) => (
          <div className="stack">
            <Figures
              of={[
                { label: t('inForceToday'), value: figures.inForce },
                { label: t('readInFull'), value: figures.read },
                { label: t('notChecked'), value: figures.open },
                { label: t('tried'), value: `${figures.tried} / ${figures.all}` },
                { label: t('ruleSet'), value: of.version },
              ]}
            />
            <p className="note">{t('rulesNote')}</p>
            <Filters of={filters} values={values} set={setValues} />
            <Packs of={of} values={values} />
          </div>
        )}
      </Shown>
    </View>
  );
}
