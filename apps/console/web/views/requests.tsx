import type { TrafficPage, TrafficView } from '@bayway/contracts';
import { CITIES } from '@bayway/domain';
import { placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import type { FormEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { At, Rows, View } from '../parts/page.js';
import { ResultTag } from '../parts/result.js';
import { Shown } from '../parts/shown.js';

const RESULTS = ['released', 'refused', 'failed', 'open'] as const;

function Filters({ values, set }: Readonly<{ values: URLSearchParams; set: (next: URLSearchParams) => void }>) {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const entries = [...new FormData(event.currentTarget)].flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() !== '' ? [[name, value.trim()]] : [],
    );
    set(new URLSearchParams(entries));
  };
  const cities = CITIES.map(({ place }): [string, string] => [place, placeName(language, place)]);
  const selects: [string, string, readonly [string, string][]][] = [
    ['result', t('result'), RESULTS.map((result) => [result, t(`result_${result}`)])],
    ['from', t('from'), cities],
    ['to', t('to'), cities],
    [
      'days',
      t('period'),
      [
        ['1', t('today')],
        ['30', t('days30')],
      ],
    ],
  ];
  return (
    <Card>
      <form onSubmit={submit} key={values.toString()} className="stack">
        <div className="filters">
          {selects.map(([name, label, options]) => (
            <label key={name}>
              {label}
              <select name={name} defaultValue={values.get(name) ?? ''}>
                <option value="">{t('any')}</option>
                {options.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            </label>
          ))}
          <label>
            {t('participant')}
            <input
              name="participant"
              maxLength={40}
              pattern="[a-z][a-z0-9\-]*"
              defaultValue={values.get('participant') ?? ''}
            />
          </label>
        </div>
        <div className="acts">
          <Button htmlType="submit">{t('search')}</Button>
          <Button onClick={() => set(new URLSearchParams())}>{t('clear')}</Button>
        </div>
      </form>
    </Card>
  );
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
      <Filters values={values} set={setValues} />
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
