import type { TrafficPage, TrafficView } from '@bayway/contracts';
import { CITIES } from '@bayway/domain';
import { placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Filters, type Filter } from '../parts/filters.js';
import { At, Rows, View } from '../parts/page.js';
import { ResultTag } from '../parts/result.js';
import { Shown } from '../parts/shown.js';

const RESULTS = ['released', 'refused', 'failed', 'open'] as const;

function useFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const cities = CITIES.map(({ place }) => [place, placeName(language, place)] as const);
  return [
    { name: 'result', label: t('result'), options: RESULTS.map((result) => [result, t(`result_${result}`)]) },
    { name: 'from', label: t('from'), options: cities },
    { name: 'to', label: t('to'), options: cities },
    {
      name: 'days',
      label: t('period'),
      options: [
        ['1', t('today')],
        ['30', t('days30')],
      ],
    },
    { name: 'participant', label: t('participant'), pattern: '[a-z][a-z0-9\\-]*' },
  ];
}

/** From where to where; what this side does not know is said. */
export function useBetween(): (of: Pick<TrafficView, 'from' | 'to'>) => string {
  const { t } = useTranslation();
  const name = (place: TrafficView['from']): string =>
    place === null ? t('unknownPlace') : placeName(language, place);
  return ({ from, to }) => `${name(from)} → ${name(to)}`;
}

/** Every request this side took part in, also those that nobody was asked for; the address keeps the filters. */
export default function Requests(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const between = useBetween();
  const filters = useFilters();
  values.delete('ui_locales');
  const text = values.toString();
  const query = useQuery({
    queryKey: ['requests', text],
    queryFn: () => read<TrafficPage>(`traffic/requests?${text}`),
  });
  const rest = new URLSearchParams(values);
  rest.delete('after');
  return (
    <View title={t('requests')} lead={t('requestsText')}>
      <Filters of={filters} values={values} set={setValues} />
      <Shown query={query} isEmpty={({ items }) => items.length === 0} empty={t('noRequests')}>
        {({ items, next }) => (
          <div className="stack">
            <Rows
              caption={t('requests')}
              rows={items}
              rowKey={({ id }) => id}
              csv="requests"
              columns={[
                { label: t('number'), cell: ({ id }) => <Link to={`/console/requests/${id}`}>{id.slice(0, 8)}</Link> },
                { label: t('at'), cell: ({ at }) => <At at={at} /> },
                { label: t('result'), cell: ({ result }) => <ResultTag of={result} /> },
                { label: t('way'), cell: between },
                { label: t('holder'), cell: ({ holder }) => holder ?? t('unknownPlace') },
                { label: t('recipient'), cell: ({ recipient }) => recipient ?? t('unknownPlace') },
                { label: t('dataset'), cell: ({ dataset }) => dataset ?? t('unknownPlace') },
                { label: t('why'), cell: ({ problem, rule }) => [problem, rule].filter(Boolean).join(' · ') },
              ]}
            />
            <div className="acts">
              {values.has('after') ? <Button onClick={() => setValues(rest)}>{t('first')}</Button> : null}
              {next === null ? null : (
                <Button onClick={() => setValues(new URLSearchParams([...rest, ['after', next]]))}>{t('next')}</Button>
              )}
            </div>
          </div>
        )}
      </Shown>
    </View>
  );
}
