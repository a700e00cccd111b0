import type { HealthView, LinksView, OutboxWay, ServiceHealth } from '@bayway/contracts';
import { formatNumber, jurisdictionName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { useEvery } from '../live.js';
import { Ago } from '../parts/ago.js';
import { Mark } from '../parts/mark.js';
import { Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';
import { Stands, useStatus, type Status } from './evidence.js';

type Queue = OutboxWay & Readonly<{ from: string }>;
/** A fact that has waited so long is late: a receiver that is there takes it within seconds. */
const LATE_MS = 60_000;
const number = (value: number): string => formatNumber(language, value);

const STATES = {
  ready: { shape: 'dot', tone: 'good' },
  'not-ready': { shape: 'half', tone: 'wait' },
  silent: { shape: 'bar', tone: 'bad' },
} as const;

/** What is not known yet troubles nobody. */
const NO_HEALTH: HealthView = { at: new Date().toISOString(), services: [] };
const NO_LINKS: LinksView = { ...NO_HEALTH, peers: [], holders: [] };
const NO_STATUS: Pick<Status, 'witnesses' | 'logs'> = { witnesses: [], logs: [] };

/** Everything on its way out, by who sends it. */
const queuesOf = (health: HealthView, links = NO_LINKS): Queue[] => [
  ...health.services.flatMap(({ service, ways }) => (ways ?? []).map((way) => ({ ...way, from: service }))),
  ...links.holders.flatMap(({ holder, ways }) => ways.map((way) => ({ ...way, from: holder }))),
];

const isLate = ({ oldestAt, setAside }: Queue, now: string): boolean =>
  setAside > 0 || (oldestAt !== null && Date.parse(now) - Date.parse(oldestAt) > LATE_MS);

/** How many things an operator should look at. */
function troubles(health = NO_HEALTH, links = NO_LINKS, status = NO_STATUS): number {
  return [
    ...health.services.filter(({ state }) => state !== 'ready'),
    ...[...links.peers, ...links.holders].filter(({ state }) => state === 'down'),
    ...queuesOf(health, links).filter((queue) => isLate(queue, health.at)),
    ...status.witnesses.filter(({ state }) => state === 'stalled'),
    ...status.logs.filter(({ state }) => state !== 'in-order'),
  ].length;
}

function Services({ of }: Readonly<{ of: HealthView }>): ReactElement {
  const { t } = useTranslation();
  const said = (is: boolean | null): string => (is === null ? t('notKnown') : t(is ? 'yes' : 'no'));
  const took = ({ tookMs }: ServiceHealth): string => (tookMs === null ? t('notKnown') : number(tookMs));
  return (
    <Rows
      caption={t('services')}
      rows={of.services}
      rowKey={({ service }) => service}
      columns={[
        { label: t('service'), cell: ({ service }) => t(`service_${service}`) },
        { label: t('state'), cell: ({ state }) => <Mark {...STATES[state]}>{t(`answers_${state}`)}</Mark> },
        {
          label: t('lastWord'),
          cell: ({ answeredAt }) => (answeredAt === null ? t('notHeard') : <Ago at={answeredAt} now={of.at} />),
        },
        { label: t('tookMs'), right: true, cell: (row) => t('milliseconds', { n: took(row) }) },
        { label: t('database'), cell: ({ database }) => said(database) },
        { label: t('bus'), cell: ({ bus }) => said(bus) },
      ]}
    />
  );
}

function Links({ of }: Readonly<{ of: LinksView }>): ReactElement {
  const { t } = useTranslation();
  const state = { label: t('state'), cell: ({ state: is }: { state: 'up' | 'down' }) => <LinkMark is={is} /> };
  const took = {
    label: t('tookMs'),
    right: true,
    cell: ({ tookMs }: { tookMs: number | null }) =>
      tookMs === null ? t('notKnown') : t('milliseconds', { n: number(tookMs) }),
  };
  return (
    <div className="two">
      <section>
        <h2>{t('links')}</h2>
        <p className="quiet">{t('linksNote')}</p>
        <Rows
          caption={t('links')}
          rows={of.peers}
          rowKey={({ side }) => side}
          columns={[{ label: t('side'), cell: ({ side }) => jurisdictionName(language, side) }, state, took]}
        />
      </section>
      <section>
        <h2>{t('holders')}</h2>
        <p className="quiet">{of.holders.length === 0 ? t('noHolders') : t('holdersNote')}</p>
        <Rows
          caption={t('holders')}
          rows={of.holders}
          rowKey={({ holder }) => holder}
          columns={[{ label: t('holder'), cell: ({ holder }) => holder }, state, took]}
        />
      </section>
    </div>
  );
}

function LinkMark({ is }: Readonly<{ is: 'up' | 'down' }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Mark shape={is === 'up' ? 'dot' : 'bar'} tone={is === 'up' ? 'good' : 'bad'}>
      {t(`link_${is}`)}
    </Mark>
  );
}

function Queues({ of, now }: Readonly<{ of: readonly Queue[]; now: string }>): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="quiet">{t('noQueues')}</p>;
  const to = (name: string): string => {
    const [kind, rest = ''] = name.split(/[:.](.*)/);
    if (kind === 'peer') return jurisdictionName(language, rest as 'hk' | 'mo' | 'cn');
    return kind === 'connector' ? rest : t(`service_${name}`);
  };
  return (
    <Rows
      caption={t('queues')}
      rows={of}
      rowKey={({ from, to: receiver }) => `${from} ${receiver}`}
      columns={[
        { label: t('from'), cell: ({ from }) => t(`service_${from}`, { defaultValue: from }) },
        { label: t('deliverTo'), cell: ({ to: receiver }) => to(receiver) },
        { label: t('waitingFacts'), right: true, cell: ({ waiting }) => number(waiting) },
        { label: t('setAside'), right: true, cell: ({ setAside }) => number(setAside) },
        {
          label: t('oldest'),
          cell: ({ oldestAt }) => (oldestAt === null ? t('none') : <Ago at={oldestAt} now={now} />),
        },
      ]}
    />
  );
}

/** Who answers, what is on its way and since when, and whether the witnesses sign. */
export default function Health(): ReactElement {
  const { t } = useTranslation();
  const health = useQuery({ queryKey: ['health'], queryFn: () => read<HealthView>('health') });
  const links = useQuery({ queryKey: ['links'], queryFn: () => read<LinksView>('links') });
  const status = useStatus();
  useEvery(5_000, ['health', 'links', 'status']);
  const isRead = health.data !== undefined && links.data !== undefined && status.data !== undefined;
  const count = troubles(health.data, links.data, status.data);
  const sentence = count === 0 ? t('healthGood') : t('healthBad', { count });
  return (
    <View title={t('health')} lead={isRead || count > 0 ? sentence : t('healthReading')}>
      <section>
        <h2>{t('services')}</h2>
        <Shown query={health}>{(of) => <Services of={of} />}</Shown>
      </section>
      <Shown query={links}>{(of) => <Links of={of} />}</Shown>
      <section>
        <h2>{t('queues')}</h2>
        <p className="quiet">{t('queuesNote')}</p>
        <Shown query={health}>{(of) => <Queues of={queuesOf(of, links.data)} now={of.at} />}</Shown>
        <p>
          <Link to="/console/letters">{t('toLetters')}</Link>
        </p>
      </section>
      <Shown query={status}>
        {({ witnesses, logs }) => (
          <div className="two">
            <Stands caption={t('witnesses')} rows={witnesses} />
            <Stands caption={t('otherLogs')} rows={logs.map((log) => ({ ...log, name: log.origin }))} />
          </div>
        )}
      </Shown>
    </View>
  );
}
