import { formatNumber } from '@bayway/design/web';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Popconfirm, Progress } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { queries, read, send } from '../api.js';
import { language } from '../i18n.js';
import { useMay, useMe } from '../me.js';
import { Figures, View } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';
import type { Bulk } from './bulk.js';
import { ConsentRows } from './consents.js';

function Acts({ of }: Readonly<{ of: Bulk }>): ReactElement {
  const { t } = useTranslation();
  const me = useMe();
  const steers = useMay('consent-administrator');
  const act = useMutation({
    mutationFn: (what: 'approval' | 'cancellation') =>
      send(`bulk/${of.id}/${what}`, what === 'approval' ? { setDigest: of.setDigest } : {}),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['bulk', of.id] }),
  });
  const n = formatNumber(language, of.total);
  const isOwn = of.proposedBy === me.subject;
  const isOpen = of.state === 'proposed' || of.state === 'running';
  return (
    <div className="stack">
      {act.error ? <Trouble error={act.error} /> : null}
      {of.state === 'proposed' && isOwn ? <Alert type="info" title={t('ownProposal')} /> : null}
      <div className="acts">
        {steers && of.state === 'proposed' && !isOwn ? (
          <Popconfirm
            title={t('approve', { n })}
            description={t('approveAsk', { n })}
            okText={t('approve', { n })}
            cancelText={t('keep')}
            onConfirm={() => act.mutate('approval')}
          >
            <Button>{t('approve', { n })}</Button>
          </Popconfirm>
        ) : null}
        {steers && isOpen ? <Button onClick={() => act.mutate('cancellation')}>{t('stop')}</Button> : null}
      </div>
    </div>
  );
}

/** One bulk withdrawal: what is frozen in it, who has to approve, how far it is. */
export default function BulkOne(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const query = useQuery({
    queryKey: ['bulk', id],
    queryFn: () => read<Bulk>(`bulk/${id}`),
    refetchInterval: ({ state }) => (['proposed', 'running'].includes(state.data?.state ?? '') ? 2_000 : false),
  });
  const count = (value: number): string => formatNumber(language, value);
  return (
    <View title={query.data?.reference ?? t('bulk')} lead={query.data ? t(query.data.state) : undefined}>
      <p>
        <Link to="/console/bulk">{t('bulk')}</Link>
      </p>
      <Shown query={query}>
        {(of) => (
          <div className="stack">
            <Figures
              of={[
                { label: t('consents'), value: count(of.total) },
                { label: t('withdrawn'), value: count(of.withdrawn) },
                { label: t('passedOver'), value: count(of.passedOver) },
              ]}
            />
            <Card className="stack">
              <p>{of.reason}</p>
              <p>
                {t('setDigest')}: <span className="mono">{of.setDigest}</span>
              </p>
              {of.state === 'proposed' ? null : (
                <Progress
                  aria-label={t('withdrawn')}
                  percent={of.total === 0 ? 100 : Math.round((100 * (of.withdrawn + of.passedOver)) / of.total)}
                />
              )}
            </Card>
            <Acts of={of} />
            <h2>{t('samples')}</h2>
            <ConsentRows items={of.samples} />
          </div>
        )}
      </Shown>
    </View>
  );
}
