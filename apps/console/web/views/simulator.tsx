import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Tag } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { read, send } from '../api.js';
import { language } from '../i18n.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';

type Assessment = Readonly<{ id: string; stage: string; outcome: string; madeAt: string; pack: { version: string } }>;
type Citation = Readonly<{ rule: string; instrument: string; article: string; text: string }>;
type Simulation = Readonly<{
  decision: { outcome: string };
  explanation: {
    outcome: string;
    reasons: readonly { effect: string; code: string; sentence: string; citations: readonly Citation[] }[];
  };
  outlook: {
    changes: readonly {
      by: string;
      gap: { kind: string; code: string };
      set: readonly { path: string; to: unknown }[];
      alone: string;
    }[];
  };
}>;

function Answer({ of }: Readonly<{ of: Simulation }>): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="stack" role="status">
      <Card>
        <Tag>{t(`outcome_${of.decision.outcome}`)}</Tag>
        <h2>{of.explanation.outcome}</h2>
      </Card>
      <h2>{t('whatChanges')}</h2>
      {of.outlook.changes.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      <Rows
        caption={t('whatChanges')}
        rows={of.outlook.changes}
        rowKey={({ gap, set }) => gap.code + JSON.stringify(set)}
        columns={[
          {
            label: t('change'),
            cell: ({ gap, set }) => set.map(({ path, to }) => `${path} → ${String(to)}`).join('; ') || gap.code,
          },
          { label: t('outcome'), cell: ({ alone }) => <Tag>{t(`outcome_${alone}`)}</Tag> },
        ]}
      />
      <h2>{t('reasons')}</h2>
      <Card>
        <ul>
          {of.explanation.reasons.map(({ code, effect, sentence, citations }) => (
            <li key={code + sentence}>
              <b>{effect}</b> · {sentence}
              <ul>
                {citations.map(({ rule, instrument, article, text }) => (
                  <li key={rule + article}>
                    {instrument}, {article}: <span className="quiet">{text}</span>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </Card>
    </div>
  );
}

function Trial({ assessment }: Readonly<{ assessment: string }>): ReactElement {
  const { t } = useTranslation();
  const [wrong, setWrong] = useState(false);
  const asked = useMutation({ mutationFn: (body: unknown) => send<Simulation>('simulations', body) });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const text = data.get('change');
    try {
      const change: unknown = JSON.parse(typeof text === 'string' ? text : '');
      setWrong(false);
      asked.mutate({ assessment: data.get('assessment'), change, language });
    } catch {
      setWrong(true);
    }
  };
  return (
    <div className="two">
      <Card>
        <form onSubmit={submit} className="stack" key={assessment}>
          <label className="field">
            {t('pickRecorded')}
            <input name="assessment" required defaultValue={assessment} maxLength={36} className="mono" />
          </label>
          <label className="field">
            {t('change')}
            <textarea name="change" rows={6} defaultValue="{}" className="mono" aria-invalid={wrong} />
            {wrong ? <small role="alert">{t('notJson')}</small> : null}
          </label>
          <Button type="primary" htmlType="submit" loading={asked.isPending}>
            {t('decide')}
          </Button>
        </form>
      </Card>
      <div>
        {asked.error ? <Trouble error={asked.error} /> : null}
        {asked.data ? <Answer of={asked.data} /> : null}
      </div>
    </div>
  );
}

/** What the rules say of a recorded request, why, and what would change it. */
export default function Simulator(): ReactElement {
  const { t } = useTranslation();
  const [picked, setPicked] = useState('');
  const request = useSearchParams()[0].get('request');
  const query = useQuery({
    queryKey: ['assessments', request],
    queryFn: () =>
      read<{ items: readonly Assessment[] }>(`assessments?limit=50${request ? `&request=${request}` : ''}`),
  });
  return (
    <View title={t('simulator')} lead={t('simulatorText')}>
      <Trial assessment={picked} />
      <section>
        <h2>{t('recorded')}</h2>
        <Shown query={query} isEmpty={({ items }) => items.length === 0}>
          {({ items }) => (
            <Rows
              caption={t('recorded')}
              rows={items}
              rowKey={({ id }) => id}
              columns={[
                { label: t('at'), cell: ({ madeAt }) => <At at={madeAt} /> },
                { label: t('stage'), cell: ({ stage }) => t(`stage_${stage}`) },
                { label: t('outcome'), cell: ({ outcome }) => t(`outcome_${outcome}`) },
                {
                  label: t('number'),
                  cell: ({ id }) => (
                    <Button size="small" onClick={() => setPicked(id)}>
                      {id.slice(0, 8)}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Shown>
      </section>
    </View>
  );
}
