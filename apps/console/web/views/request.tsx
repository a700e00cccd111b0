import type { TrafficEvent, TrafficTimeline } from '@bayway/contracts';
import { formatDateTime, jurisdictionName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Card, Descriptions } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { useMe } from '../me.js';
import { Figures, View } from '../parts/page.js';
import { ResultTag } from '../parts/result.js';
import { Shown } from '../parts/shown.js';
import { useBetween } from './requests.js';

/** Steps in which something crosses the border. */
const CROSSES: readonly string[] = ['request.arrived', 'delivery.made', 'delivery.receipted'];

/** Clock of the Bay to the hundredth of a second. */
function clock(at: string): string {
  const bay = new Date(Date.parse(at) + 8 * 3_600_000).toISOString();
  return bay.slice(11, 22);
}

const digest = (text: string): string => `${text.slice(0, 6)}…${text.slice(-4)}`;

function Step({ of, crosses }: Readonly<{ of: TrafficEvent; crosses: boolean }>): ReactElement {
  const { t } = useTranslation();
  const why = [of.outcome, of.rule].filter(Boolean).join(' · ');
  return (
    <li className={`step step--${of.side}${crosses ? ' step--crosses' : ''}`}>
      <div className="step__card">
        <b>{t(`step_${of.type}`, { defaultValue: of.type })}</b>
        {why === '' ? null : <span>{why}</span>}
        <small>
          <span className="step__side">{t(`side_${of.side}`)} · </span>
          {of.commitment === null ? (
            t('fromSigned')
          ) : (
            <span className="mono" title={of.commitment}>
              {digest(of.commitment)}
            </span>
          )}
        </small>
      </div>
      <span className="step__mark" aria-hidden="true" />
      <time className="step__time" dateTime={of.at}>
        {clock(of.at)}
      </time>
    </li>
  );
}

const secondsBetween = (from: TrafficEvent | undefined, to: TrafficEvent | undefined): string | null =>
  from && to ? ((Date.parse(to.at) - Date.parse(from.at)) / 1_000).toFixed(2) : null;

function Way({ of }: Readonly<{ of: TrafficTimeline }>): ReactElement {
  const { t } = useTranslation();
  const { importer, exporter, events, missing } = of;
  const isWithin = importer === exporter;
  return (
    <section>
      <div className="sides" aria-hidden="true">
        <h2>{t('sideTitle_importer', { place: jurisdictionName(language, importer) })}</h2>
        <h2>{t('sideTitle_exporter', { place: jurisdictionName(language, exporter) })}</h2>
      </div>
      {missing.length === 0 ? null : (
        <p className="note" role="note">
          {t('partMissing', { who: missing.map((who) => t(`who_${who}`)).join(', ') })}
        </p>
      )}
      <ol className="way" aria-label={t('timeline')}>
        {events.map((event, no) => (
          <Step key={`${event.at}${event.type}${no}`} of={event} crosses={!isWithin && CROSSES.includes(event.type)} />
        ))}
      </ol>
    </section>
  );
}

function Figured({ of: { events, request } }: Readonly<{ of: TrafficTimeline }>): ReactElement {
  const { t } = useTranslation();
  const find = (type: string, side?: string) => events.find((e) => e.type === type && (!side || e.side === side));
  const whole = secondsBetween(find('request.made'), find('delivery.receipted', 'importer'));
  const release = secondsBetween(find('permit.issued'), find('release.made'));
  const rules = events.filter(({ type }) => type === 'assessment.made').length;
  const proofs = events.filter(({ commitment }) => commitment !== null).length;
  const seconds = (value: string | null): string => (value === null ? t('notKnown') : `${value} s`);
  return (
    <Figures
      of={[
        { label: t('result'), value: <ResultTag of={request.result} /> },
        { label: t('toReceipt'), value: seconds(whole) },
        { label: t('toRelease'), value: seconds(release) },
        { label: t('assessments'), value: rules },
        { label: t('proofs'), value: `${proofs} / ${events.length}` },
      ]}
    />
  );
}

function Facts({ of: { request, requestDigest } }: Readonly<{ of: TrafficTimeline }>): ReactElement {
  const { t } = useTranslation();
  const facts: [string, string | null][] = [
    [t('number'), request.id],
    [t('holder'), request.holder],
    [t('recipient'), request.recipient],
    [t('dataset'), request.dataset],
    [t('purpose'), request.purpose],
    [t('state'), request.state],
    [t('why'), [request.problem, request.rule].filter(Boolean).join(' · ') || null],
    [t('requestDigest'), requestDigest],
  ];
  return (
    <Card>
      <Descriptions
        column={1}
        items={facts.map(([label, value]) => ({
          key: label,
          label,
          children: <span className="mono">{value ?? t('none')}</span>,
        }))}
      />
      <p className="quiet">{t('cannotShow')}</p>
    </Card>
  );
}

/** One request across both sides: one clock between them, every step with its commitment, and how to look further. */
export default function Request(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const between = useBetween();
  const officer = useMe().roles.some((role) => role === 'rules-officer' || role === 'regulator');
  const query = useQuery({
    queryKey: ['request', id],
    queryFn: () => read<TrafficTimeline>(`traffic/requests/${id}`),
  });
  const of = query.data?.request;
  const lead = of
    ? `${t(of.kind === 'ask' ? 'kindAsk' : 'kindRequest')} · ${formatDateTime(language, of.at)}`
    : t('loading');
  return (
    <View
      title={of ? `${of.dataset ?? t('requests')}: ${between(of)}` : t('requests')}
      lead={lead}
      acts={
        <>
          <Link to="/console/requests">{t('allRequests')}</Link>
          {officer && of?.kind === 'request' ? (
            <Link to={`/console/simulator?request=${id}`}>{t('inSimulator')}</Link>
          ) : null}
        </>
      }
    >
      <Shown query={query}>
        {(timeline) => (
          <div className="stack">
            <Figured of={timeline} />
            <div className="split">
              <Way of={timeline} />
              <Facts of={timeline} />
            </div>
          </div>
        )}
      </Shown>
    </View>
  );
}
