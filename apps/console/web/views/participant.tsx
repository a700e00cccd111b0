import type { ParticipantKey, ParticipantView } from '@bayway/contracts';
import { formatNumber, jurisdictionName, placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Mark } from '../parts/mark.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';
import { Named, StatusMark } from './participants.js';

const KEYS = {
  current: { shape: 'dot', tone: 'good' },
  future: { shape: 'half' },
  retired: { shape: 'ring' },
  revoked: { shape: 'bar', tone: 'bad' },
} as const;

function Keyring({ of }: Readonly<{ of: readonly ParticipantKey[] }>): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="quiet">{t('noKeys')}</p>;
  return (
    <Rows
      caption={t('keys')}
      rows={of}
      rowKey={({ kid }) => kid}
      columns={[
        { label: t('keyUse'), cell: ({ use }) => t(`key_${use}`) },
        { label: t('state'), cell: ({ state }) => <Mark {...KEYS[state]}>{t(`keyState_${state}`)}</Mark> },
        { label: t('validFromTime'), cell: ({ from }) => <At at={from} /> },
        {
          label: t('validToTime'),
          cell: ({ to, revokedAt }) => (to === null && revokedAt === null ? t('noEnd') : <At at={revokedAt ?? to} />),
        },
        { label: t('keyOwner'), cell: ({ owner }) => <span className="mono">{owner}</span> },
        { label: t('keyId'), cell: ({ kid }) => <span className="mono">{kid.slice(0, 12)}</span> },
      ]}
    />
  );
}

function Offer({ of }: Readonly<{ of: ParticipantView['offers'][number] }>): ReactElement {
  const { t } = useTranslation();
  const names = new Map(of.items.map(({ id, name }) => [id, name]));
  const modes = of.modes.map((mode) => t(`mode_${mode}`)).join(', ');
  const about = of.subjects.map((subject) => t(`subjects_${subject}`)).join(', ');
  return (
    <section>
      <h2>
        <Named name={of.name} id={of.id} />
      </h2>
      <p className="quiet">{t('offerLine', { modes, about, level: of.level })}</p>
      {of.serviceLevel === null ? null : (
        <p className="quiet">
          {t('offerService', {
            seconds: formatNumber(language, of.serviceLevel.p95Ms / 1_000),
            percent: formatNumber(language, of.serviceLevel.availability),
          })}
        </p>
      )}
      <Rows
        caption={of.name}
        rows={[...of.items, ...of.answers]}
        rowKey={({ id }) => id}
        columns={[
          { label: t('item'), cell: Named },
          {
            label: t('partyKind'),
            cell: (row) =>
              'category' in row
                ? row.category
                : t('answerOf', { items: row.of.map((id) => names.get(id) ?? id).join(', ') }),
          },
          { label: t('sensitive'), cell: (row) => ('sensitive' in row ? t(row.sensitive ? 'yes' : 'no') : '') },
        ]}
      />
    </section>
  );
}

function OnFile({ of }: Readonly<{ of: ParticipantView['onFile'] }>): ReactElement {
  const { t } = useTranslation();
  if (of.length === 0) return <p className="quiet">{t('noneOnFile')}</p>;
  return (
    <Rows
      caption={t('onFile')}
      rows={of}
      rowKey={(row) => JSON.stringify(row)}
      columns={[
        { label: t('recipient'), cell: ({ recipient }) => recipient },
        { label: t('side'), cell: ({ importer }) => jurisdictionName(language, importer) },
        { label: t('kind'), cell: ({ kind }) => kind },
        { label: t('datasets'), cell: ({ datasets }) => datasets.join(', ') },
      ]}
    />
  );
}

/** One party: its keys with their validity, what it offers item by item, and what lies on file for it. */
export default function Participant(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['participant', id],
    queryFn: () => read<ParticipantView>(`participants/${encodeURIComponent(id)}?language=${language}`),
  });
  const of = query.data;
  return (
    <View title={of?.name ?? id} lead={<span className="mono">{id}</span>}>
      <p>
        <Link to="/console/participants">{t('participants')}</Link>
      </p>
      <Shown query={query}>
        {(party) => (
          <div className="stack">
            <div className="law__marks">
              <StatusMark of={party.status} />
              <span>{[party.kind, party.sector, placeName(language, party.place)].filter(Boolean).join(' · ')}</span>
            </div>
            <p className="quiet">
              {t('contactLine', { role: party.contact.role, email: party.contact.email, authority: party.authority })}
            </p>
            <section>
              <h2>{t('keys')}</h2>
              <Keyring of={party.keyring} />
            </section>
            {party.offers.map((offer) => (
              <Offer key={offer.id} of={offer} />
            ))}
            {party.offers.length === 0 ? <p className="quiet">{t('noOffers')}</p> : null}
            <section>
              <h2>{t('onFile')}</h2>
              <OnFile of={party.onFile} />
            </section>
          </div>
        )}
      </Shown>
    </View>
  );
}
