import type { z } from 'zod';
import type { BulkWithdrawalView } from '@bayway/contracts';
import { formatNumber } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';

export type Bulk = z.infer<typeof BulkWithdrawalView>;

/** Every bulk withdrawal, proposed, running or over. */
export default function BulkList(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({ queryKey: ['bulk'], queryFn: () => read<{ items: Bulk[] }>('bulk') });
  return (
    <View title={t('bulk')}>
      <Shown query={query} isEmpty={({ items }) => items.length === 0} empty={t('noBulk')}>
        {({ items }) => (
          <Rows
            caption={t('bulk')}
            rows={items}
            rowKey={({ id }) => id}
            columns={[
              {
                label: t('reference'),
                cell: ({ id, reference }) => <Link to={`/console/bulk/${id}`}>{reference}</Link>,
              },
              { label: t('state'), cell: ({ state }) => t(state) },
              { label: t('consents'), cell: ({ total }) => formatNumber(language, total) },
              { label: t('withdrawn'), cell: ({ withdrawn }) => formatNumber(language, withdrawn) },
              { label: t('proposedAt'), cell: ({ proposedAt }) => <At at={proposedAt} /> },
            ]}
          />
        )}
      </Shown>
    </View>
  );
}
