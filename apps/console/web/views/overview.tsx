import { formatNumber, formatTime, jurisdictionName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import { lazy, Suspense, useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { useMe } from '../me.js';
import { Figures, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';
import { useAlarms } from './evidence.js';

const Flow = lazy(() => import('../parts/flow.js'));

const IN_FORCE = 'state=given,renewed';
/** The figures of the strip, and the search that shows what is behind each. */
const FIGURES = {
  inForceCount: IN_FORCE,
  usedCount: `${IN_FORCE}&used=true`,
  refusedCount: 'state=refused',
  withdrawn: 'state=withdrawn',
  pendingCount: 'state=pending',
  silentCount: 'silent=true',
} as const;
const IMPORTERS = ['hk', 'mo', 'cn'] as const;
/** How often a live page reads again. */
const LIVE_MS = 10_000;

const total = async (filter: string): Promise<number> =>
  (await read<{ total: number }>(`consents/total?${filter}`)).total;

/** Counts everything the page shows, from the consents themselves. */
async function counts() {
  const figures = await Promise.all(Object.entries(FIGURES).map(async ([name, filter]) => [name, await total(filter)]));
  const flows = await Promise.all(
    IMPORTERS.map(async (importer) => ({ importer, count: await total(`${IN_FORCE}&importer=${importer}`) })),
  );
  return { figures: Object.fromEntries(figures) as Record<keyof typeof FIGURES, number>, flows, at: new Date() };
}

/** How many things need somebody; null, and nothing is called normal, before it is known. */
const attention = (alarms: number | undefined, silent: number | undefined): number | null =>
  alarms === undefined || silent === undefined ? null : alarms + (silent > 0 ? 1 : 0);

/** How it stands in one sentence; then the figures, who may receive from here, and what needs attention. */
export default function Overview(): ReactElement {
  const { t } = useTranslation();
  const { jurisdiction } = useMe();
  const [live, setLive] = useState(true);
  const query = useQuery({ queryKey: ['overview'], queryFn: counts, refetchInterval: live ? LIVE_MS : false });
  const alarms = useAlarms();
  const things = attention(alarms.data?.alarms.length, query.data?.figures.silentCount);
  const told = things === 0 ? t('normal') : t('attention', { count: things ?? 0 });
  const title = things === null ? t('overview') : told;
  return (
    <View
      title={title}
      lead={query.data ? t('readAt', { time: formatTime(query.data.at) }) : undefined}
      acts={<Button onClick={() => setLive(!live)}>{live ? t('pauseLive') : t('resumeLive')}</Button>}
    >
      <Shown query={query}>
        {({ figures, flows }) => (
          <div className="stack">
            <Figures
              of={Object.entries(FIGURES).map(([name, filter]) => ({
                label: t(name),
                value: (
                  <Link to={`/console/consents?${filter}`}>
                    {formatNumber(language, figures[name as keyof typeof FIGURES])}
                  </Link>
                ),
              }))}
            />
            <Card className="stack">
              <h2>{t('flow')}</h2>
              <Suspense fallback={<p>{t('loading')}</p>}>
                <Flow from={jurisdiction} flows={flows} nameOf={(place) => jurisdictionName(language, place)} />
              </Suspense>
              <p className="quiet">{t('flowNote')}</p>
              <Rows
                caption={t('flow')}
                rows={flows}
                rowKey={({ importer }) => importer}
                columns={[
                  { label: t('from'), cell: () => jurisdictionName(language, jurisdiction) },
                  { label: t('to'), cell: ({ importer }) => jurisdictionName(language, importer) },
                  {
                    label: t('inForceCount'),
                    cell: ({ importer, count }) => (
                      <Link to={`/console/consents?importer=${importer}`}>{formatNumber(language, count)}</Link>
                    ),
                  },
                ]}
              />
            </Card>
          </div>
        )}
      </Shown>
    </View>
  );
}
