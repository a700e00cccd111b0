import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '../api.js';
import { Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';

type Named = Readonly<{ holder: string; importer: string; recipient: string; kind: string; effectiveOn: string }>;
type Instrument = Named &
  Readonly<{
    validUntil: string | null;
    filing: { state: string; dueOn: string | null; filedOn: string | null } | null;
  }>;
type Reminder = Named & Readonly<{ reason: string; dueOn: string | null; remindedAt: string; isOpen: boolean }>;
type Page<T> = Readonly<{ items: readonly T[] }>;

const between = ({ holder, recipient, importer }: Named): string => `${holder} → ${recipient} (${importer})`;

/** What lies on file between holders and recipients, and what is due. */
export default function Instruments(): ReactElement {
  const { t } = useTranslation();
  const all = useQuery({
    queryKey: ['instruments'],
    queryFn: () => read<Page<Instrument>>('instruments?limit=100'),
  });
  const due = useQuery({
    queryKey: ['reminders'],
    queryFn: () => read<Page<Reminder>>('instruments/reminders?limit=100'),
  });
  return (
    <View title={t('instruments')}>
      <section>
        <h2>{t('reminders')}</h2>
        <Shown query={due} isEmpty={({ items }) => !items.some(({ isOpen }) => isOpen)} empty={t('noReminders')}>
          {({ items }) => (
            <Rows
              caption={t('reminders')}
              rows={items.filter(({ isOpen }) => isOpen)}
              rowKey={(row) => between(row) + row.kind + row.reason}
              columns={[
                { label: t('holder'), cell: between },
                { label: t('kind'), cell: ({ kind }) => kind },
                { label: t('reason'), cell: ({ reason }) => reason },
                { label: t('due'), cell: ({ dueOn }) => dueOn ?? '–' },
              ]}
            />
          )}
        </Shown>
      </section>
      <section>
        <h2>{t('instruments')}</h2>
        <Shown query={all} isEmpty={({ items }) => items.length === 0}>
          {({ items }) => (
            <Rows
              caption={t('instruments')}
              rows={items}
              rowKey={(row) => between(row) + row.kind + row.effectiveOn}
              columns={[
                { label: t('holder'), cell: between },
                { label: t('kind'), cell: ({ kind }) => kind },
                { label: t('inForce'), cell: ({ effectiveOn }) => effectiveOn },
                { label: t('until'), cell: ({ validUntil }) => validUntil ?? '–' },
                { label: t('filing'), cell: ({ filing }) => filing?.state ?? '–' },
                { label: t('due'), cell: ({ filing }) => filing?.dueOn ?? '–' },
              ]}
            />
          )}
        </Shown>
      </section>
    </View>
  );
}
