import type { CountersView, FlowsView } from '@bayway/contracts';
import { formatNumber, formatTime, placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Button, Card } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { useLive } from '../live.js';
import { useMe } from '../me.js';
import { Counters, isNear } from '../parts/counters.js';
import { behind, FlowMap } from '../parts/flow.js';
import { Figures, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';
import { useAlarms, useStatus } from './evidence.js';

const IN_FORCE = 'state=given,renewed';
/** Figures of the consents, and the search that shows what is behind each. */
const CONSENTS = {
  inForceCount: IN_FORCE,
  refusedCount: 'state=refused',
  withdrawn: 'state=withdrawn',
  silentCount: 'silent=true',
} as const;
type Counts = Readonly<Record<keyof typeof CONSENTS, number>>;
const PERIODS = [1, 30] as const;

async function consentCounts(): Promise<Counts> {
  const totals = Object.entries(CONSENTS).map(async ([name, filter]) => {
    const { total } = await read<{ total: number }>(`consents/total?${filter}`);
    return [name, total];
  });
  return Object.fromEntries(await Promise.all(totals)) as Counts;
}

const n = (value: number): string => formatNumber(language, value);
const sum = (flows: FlowsView['flows'], of: 'released' | 'refused' | 'failed' | 'open'): number =>
  flows.reduce((all, flow) => all + flow[of], 0);

/** What needs somebody, with its effect on people, each with the page that shows it. */
function Attention({ things }: Readonly<{ things: readonly Thing[] | null }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Card>
      <h2>{t('needsAttention')}</h2>
      {things === null ? <p className="quiet">{t('loading')}</p> : null}
      {things?.length === 0 ? <p className="quiet">{t('nothingWaits')}</p> : null}
      <ul className="alarms">
        {things?.map(({ key, words, href }) => (
          <li key={key}>
            {words} <Link to={href}>{t('look')}</Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}
type Thing = Readonly<{ key: string; words: string; href: string }>;

/** Everything that needs somebody; null, and nothing is called normal, before it is known. */
function useThings(counts: Counts | undefined, counters: CountersView | undefined): readonly Thing[] | null {
  const { t } = useTranslation();
  const looks = useLooks();
  const alarms = useAlarms();
  if (!alarms.data || !counters || (looks && !counts)) return null;
  const raised = alarms.data.alarms.map(({ kind, subject, raisedAt }) => ({
    ...{ key: kind + subject + raisedAt, href: '/console/evidence' },
    words: `${t('alarm')}: ${kind} (${subject}).`,
  }));
  const silent = counts && counts.silentCount > 0;
  const near = counters.items.filter((item) => isNear(item, counters));
  return [
    ...raised,
    ...(silent
      ? [
          {
            key: 'silent',
            href: '/console/consents?silent=true',
            words: t('silentThing', { n: n(counts.silentCount) }),
          },
        ]
      : []),
    ...near.map(({ holder }) => ({ key: holder, href: '/console', words: t('nearThing', { holder }) })),
  ];
}

const useLooks = (): boolean => useMe().roles.some((role) => role === 'consent-administrator' || role === 'regulator');

function EvidenceCard(): ReactElement {
  const { t } = useTranslation();
  const status = useStatus();
  return (
    <Card>
      <h2>{t('evidence')}</h2>
      <Shown query={status}>
        {({ size, witnesses }) => (
          <>
            <p className="figure">{t('entries', { n: n(size) })}</p>
            <ul className="plain">
              {witnesses.map(({ name, at, state }) => (
                <li key={name}>
                  {name}: {t(`state_${state}`)}
                  {at === null ? '' : `, ${formatTime(at)}`}
                </li>
              ))}
            </ul>
          </>
        )}
      </Shown>
    </Card>
  );
}

function FlowTable({ flows, days }: Readonly<{ flows: FlowsView['flows']; days: number }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Rows
      caption={t('flowTable')}
      rows={[...flows].sort((a, b) => b.released + b.refused - a.released - a.refused)}
      rowKey={({ from, to }) => from + to}
      csv="flows"
      columns={[
        { label: t('from'), cell: ({ from }) => placeName(language, from) },
        { label: t('to'), cell: ({ to }) => placeName(language, to) },
        ...(['released', 'refused', 'failed', 'open'] as const).map((result) => ({
          label: t(`result_${result}`),
          right: true,
          cell: (flow: FlowsView['flows'][number]) =>
            flow[result] === 0 ? '0' : <Link to={behind(flow, days, result)}>{n(flow[result])}</Link>,
        })),
      ]}
    />
  );
}

function Period({ days, set }: Readonly<{ days: number; set: (days: number) => void }>): ReactElement {
  const { t } = useTranslation();
  return (
    <div className="seg" role="group" aria-label={t('period')}>
      {PERIODS.map((period) => (
        <button key={period} type="button" aria-pressed={period === days} onClick={() => set(period)}>
          {t(period === 1 ? 'today' : 'days30')}
        </button>
      ))}
    </div>
  );
}

type NumbersProps = Readonly<{ flows: FlowsView['flows']; counts: Counts | undefined; days: number }>;

/** The strip of figures, each with what is behind it. */
function Numbers({ flows, counts, days }: NumbersProps): ReactElement {
  const { t } = useTranslation();
  const results = (['released', 'refused', 'failed'] as const).map((result) => ({
    label: t(`result_${result}`),
    value: <Link to={`/console/requests?days=${days}&result=${result}`}>{n(sum(flows, result))}</Link>,
  }));
  const consents = counts
    ? Object.entries(CONSENTS).map(([name, filter]) => ({
        label: t(name),
        value: <Link to={`/console/consents?${filter}`}>{n(counts[name as keyof Counts])}</Link>,
      }))
    : [];
  return <Figures of={[...results, ...consents]} />;
}

/** How it stands in one sentence; then the figures, who gave what to whom, and what needs attention. */
export default function Overview(): ReactElement {
  const { t } = useTranslation();
  const looks = useLooks();
  const [values, setValues] = useSearchParams();
  const days = values.get('days') === '1' ? 1 : 30;
  const { isLive, setLive } = useLive();
  const flows = useQuery({ queryKey: ['flows', days], queryFn: () => read<FlowsView>(`traffic/flows?days=${days}`) });
  const counts = useQuery({ queryKey: ['consent-counts'], queryFn: consentCounts, enabled: looks });
  const counters = useQuery({ queryKey: ['counters'], queryFn: () => read<CountersView>('traffic/counters') });
  const things = useThings(counts.data, counters.data);
  const told = things?.length === 0 ? t('normal') : t('attention', { count: things?.length ?? 0 });
  return (
    <View
      title={things === null ? t('overview') : told}
      lead={flows.data ? t(isLive ? 'readAt' : 'readAtPaused', { time: formatTime(flows.data.at) }) : undefined}
      acts={
        <>
          <Period days={days} set={(period) => setValues({ days: String(period) })} />
          <Button onClick={() => setLive(!isLive)}>{isLive ? t('pauseLive') : t('resumeLive')}</Button>
        </>
      }
    >
      <Shown query={flows}>
        {({ flows: all }) => (
          <div className="stack">
            <Numbers flows={all} counts={counts.data} days={days} />
            <div className="split">
              <Card>
                <h2>{t('flow')}</h2>
                {all.length === 0 ? <p data-state="empty">{t('noFlows')}</p> : null}
                <FlowMap flows={all} days={days} />
                <p className="legend">
                  <span className="key">{t('legendReleased')}</span>
                  <span className="key key--no">{t('legendRefused')}</span>
                  <span>{t('flowNote')}</span>
                </p>
                {all.length === 0 ? null : <FlowTable flows={all} days={days} />}
              </Card>
              <div className="stack">
                <Attention things={things} />
                <Card>
                  <h2>{t('counters')}</h2>
                  <Shown query={counters} isEmpty={({ items }) => items.length === 0} empty={t('noCounters')}>
                    {(view) => <Counters of={view} />}
                  </Shown>
                </Card>
                <EvidenceCard />
              </div>
            </div>
          </div>
        )}
      </Shown>
    </View>
  );
}
