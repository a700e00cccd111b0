import type { ParticipantLine, ParticipantsView } from '@bayway/contracts';
import { formatNumber, placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Mark } from '../parts/mark.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';

/** Takes part or does not, by shape and word. */
export function StatusMark({ of }: Readonly<{ of: ParticipantLine['status'] }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Mark shape={of === 'active' ? 'dot' : 'bar'} tone={of === 'active' ? 'good' : 'bad'}>
      {t(`party_${of}`)}
    </Mark>
  );
}

/** A name, with the code that documents use beside it in small. */
export const Named = ({ name, id }: Readonly<{ name: string; id: string }>): ReactElement => (
  <>
    {name} <small className="mono">{id}</small>
  </>
);

/** Everybody of this place who gives or gets records, with keys in force and what is offered. */
export default function Participants(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['participants'],
    queryFn: () => read<ParticipantsView>(`participants?language=${language}`),
  });
  const count = (value: number): string => formatNumber(language, value);
  const active = query.data?.items.filter(({ status }) => status === 'active') ?? [];
  const figures = {
    n: count(active.length),
    holders: count(active.filter(({ datasets }) => datasets > 0).length),
    keyless: count(active.filter(({ keys }) => keys === 0).length),
  };
  return (
    <View title={t('participants')} lead={query.data ? t('participantsLead', figures) : undefined}>
      <Shown query={query} isEmpty={({ items }) => items.length === 0} empty={t('noParticipants')}>
        {({ items }) => (
          <Rows
            caption={t('participants')}
            rows={items}
            rowKey={({ id }) => id}
            csv="participants"
            columns={[
              {
                label: t('participantName'),
                cell: ({ id, name }) => (
                  <>
                    <Link to={`/console/participants/${id}`}>{name}</Link> <small className="mono">{id}</small>
                  </>
                ),
              },
              { label: t('state'), cell: ({ status }) => <StatusMark of={status} /> },
              { label: t('partyKind'), cell: ({ kind }) => kind },
              { label: t('side'), cell: ({ place }) => placeName(language, place) },
              { label: t('datasets'), right: true, cell: ({ datasets }) => count(datasets) },
              { label: t('instruments'), right: true, cell: ({ instruments }) => count(instruments) },
              { label: t('keysInForce'), right: true, cell: ({ keys }) => count(keys) },
              {
                label: t('keyEnds'),
                cell: ({ keyEndsAt }) => (keyEndsAt === null ? t('noEnd') : <At at={keyEndsAt} />),
              },
            ]}
          />
        )}
      </Shown>
    </View>
  );
}
