import type { DeadLettersPage, DeadLetterView } from '@bayway/contracts';
import { formatNumber } from '@bayway/design/web';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queries, read, send } from '../api.js';
import { language } from '../i18n.js';
import { useMay } from '../me.js';
import { At, Rows, View, type Column } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';

const KINDS = ['fact', 'webhook'] as const;

function useColumns(replay: (id: string) => void): readonly Column<DeadLetterView>[] {
  const { t } = useTranslation();
  const operates = useMay('operator');
  const act: Column<DeadLetterView> = {
    label: t('deliverAnew'),
    cell: ({ id, subject, to }) => (
      <Popconfirm
        title={t('deliverAnew')}
        description={<div className="ask">{t('deliverAsk', { subject, to })}</div>}
        okText={t('deliverAnew')}
        cancelText={t('deliverKeep')}
        onConfirm={() => replay(id)}
      >
        <Button size="small">{t('deliverAnew')}</Button>
      </Popconfirm>
    ),
  };
  return [
    { label: t('message'), cell: ({ subject }) => <span className="mono">{subject}</span> },
    { label: t('deliverTo'), cell: ({ to }) => to },
    { label: t('aboutThing'), cell: ({ about }) => <span className="mono">{about.slice(0, 8)}</span> },
    { label: t('refusedLast'), cell: ({ failure }) => failure ?? t('notKnown') },
    { label: t('attempts'), right: true, cell: ({ attempts }) => formatNumber(language, attempts) },
    { label: t('setAsideAt'), cell: ({ deadAt }) => <At at={deadAt} /> },
    ...(operates ? [act] : []),
  ];
}

/** Messages that were set aside; an operator has one delivered anew once she knows why it was refused. */
export default function Letters(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const kind = KINDS.find((known) => known === values.get('kind')) ?? 'fact';
  const after = values.get('after');
  const query = useQuery({
    queryKey: ['letters', kind, after],
    queryFn: () =>
      read<DeadLettersPage>(`letters?kind=${kind}${after === null ? '' : `&after=${encodeURIComponent(after)}`}`),
  });
  const again = useMutation({
    mutationFn: (id: string) => send<{ id: string }>(`letters/${id}/replay`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['letters'] }),
  });
  const columns = useColumns((id) => again.mutate(id));
  return (
    <View title={t('letters')} lead={t('lettersLead')}>
      <div className="seg" role="group" aria-label={t('kind')}>
        {KINDS.map((one) => (
          <button key={one} type="button" aria-pressed={one === kind} onClick={() => setValues({ kind: one })}>
            {t(`letterKind_${one}`)}
          </button>
        ))}
      </div>
      {again.error ? <Trouble error={again.error} /> : null}
      {again.data ? <Alert type="success" role="status" title={t('deliveredAnew', again.data)} /> : null}
      <Shown query={query} isEmpty={({ items }) => items.length === 0} empty={t('lettersGood')}>
        {({ items, next }) => (
          <div className="stack">
            <Rows caption={t('letters')} rows={items} rowKey={({ id }) => id} csv="dead-letters" columns={columns} />
            <div className="acts">
              {after === null ? null : <Button onClick={() => setValues({ kind })}>{t('first')}</Button>}
              {next === null ? null : <Button onClick={() => setValues({ kind, after: next })}>{t('next')}</Button>}
            </div>
          </div>
        )}
      </Shown>
    </View>
  );
}
