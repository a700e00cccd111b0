import type { RuleView } from '@bayway/contracts';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Rows, View } from '../parts/page.js';
import { RuleMarks } from '../parts/rule-marks.js';
import { Shown } from '../parts/shown.js';

type Use = RuleView['uses'][number];

function Uses({ of }: Readonly<{ of: readonly Use[] }>): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="quiet">{t('doesNothing')}</p>;
  return (
    <Rows
      caption={t('whatItDoes')}
      rows={of}
      rowKey={(use) => JSON.stringify(use)}
      columns={[
        { label: t('effect'), cell: ({ effect }) => t(`effect_${effect}`) },
        {
          label: t('comesTo'),
          wrap: true,
          cell: ({ says, code }) => (
            <>
              {says} {code === null ? null : <small className="mono">{code}</small>}
            </>
          ),
        },
        { label: t('forWay'), wrap: true, cell: ({ channels }) => channels.join('; ') },
        {
          label: t('whenAll'),
          wrap: true,
          cell: ({ when }) =>
            when.length === 0 ? (
              t('always')
            ) : (
              <ul className="plain mono" lang="en">
                {when.map((condition) => (
                  <li key={condition}>{condition}</li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}

function Cases({ of }: Readonly<{ of: RuleView['tests'] }>): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="quiet">{t('casesNone')}</p>;
  return (
    <>
      <p className="quiet">{t('caseNote')}</p>
      <Rows
        caption={t('ruleCases')}
        rows={of}
        rowKey={({ id }) => id}
        csv="cases"
        columns={[
          { label: t('case'), cell: ({ id }) => <span className="mono">{id}</span> },
          { label: t('caseTitle'), wrap: true, cell: ({ title }) => <span lang="en">{title}</span> },
          { label: t('outcome'), cell: ({ outcome }) => t(`outcome_${outcome}`) },
          { label: t('decidedByIt'), cell: ({ decided }) => t(decided ? 'yes' : 'no') },
        ]}
      />
    </>
  );
}

/** One rule: its text, its days, how it was checked, what it does where, and the cases that exercise it. */
export default function Rule(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['rule', id],
    queryFn: () => read<RuleView>(`rules/${encodeURIComponent(id)}?language=${language}`),
    staleTime: 60_000,
  });
  const of = query.data;
  return (
    <View
      title={of ? `${of.instrument}${language.startsWith('zh') ? '' : ', '}${of.article}` : id}
      lead={<span className="mono">{id}</span>}
    >
      <p>
        <Link to="/console/rules">{t('rules')}</Link>
      </p>
      <Shown query={query}>
        {(rule) => (
          <div className="stack">
            <div className="clause">
              <p>{rule.text}</p>
            </div>
            <RuleMarks of={rule} />
            {rule.supersededBy === null ? null : (
              <p>
                <Link to={`/console/rules/${rule.supersededBy}`}>{t('replacedBy', { rule: rule.supersededBy })}</Link>
              </p>
            )}
            <section>
              <h2>{t('whatItDoes')}</h2>
              <Uses of={rule.uses} />
            </section>
            <section>
              <h2>{t('ruleCases')}</h2>
              <Cases of={rule.tests} />
            </section>
          </div>
        )}
      </Shown>
    </View>
  );
}
