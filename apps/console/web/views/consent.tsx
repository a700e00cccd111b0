import type { z } from 'zod';
import type { AdminConsentDetail } from '@bayway/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Card, Descriptions, Modal } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { queries, read, send } from '../api.js';
import { useMay } from '../me.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';
import { Words } from './consents.js';

type Detail = z.infer<typeof AdminConsentDetail>;

function InWriting({ id }: Readonly<{ id: string }>): ReactElement {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const sent = useMutation({
    mutationFn: (body: unknown) => send<Detail>(`consents/${id}/withdrawal`, body),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['consent', id] }),
  });
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    sent.mutate(Object.fromEntries(new FormData(event.currentTarget)));
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('inWriting')}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} title={t('inWriting')} footer={null} destroyOnHidden>
        <form onSubmit={submit} className="stack">
          <p>{t('inWritingText')}</p>
          {sent.error ? <Trouble error={sent.error} /> : null}
          <Words />
          <label className="field">
            {t('receivedOn')}
            <input name="receivedOn" type="date" required />
          </label>
          <Button htmlType="submit">{t('withdrawOne')}</Button>
        </form>
      </Modal>
    </>
  );
}

function Facts({ of }: Readonly<{ of: Detail }>): ReactElement {
  const { t } = useTranslation();
  const items = [
    { label: t('number'), children: <span className="mono">{of.id}</span> },
    { label: t('subject'), children: <span className="mono">{of.subject}</span> },
    { label: t('holder'), children: of.holder },
    { label: t('recipient'), children: `${of.recipient} (${of.importer})` },
    { label: t('dataset'), children: of.dataset },
    { label: t('purpose'), children: of.purpose },
    { label: t('until'), children: of.validUntil },
    { label: t('uses'), children: `${of.uses} / ${of.maxUses}` },
    ...(of.withdrawal
      ? [
          { label: t('channel'), children: of.withdrawal.channel },
          { label: t('reference'), children: of.withdrawal.reference ?? '' },
          { label: t('reason'), children: of.withdrawal.reason ?? '' },
        ]
      : []),
  ];
  return (
    <Card>
      <Descriptions column={{ xs: 1, md: 2 }} items={items.map((item) => ({ key: item.label, ...item }))} />
    </Card>
  );
}

function Happened({ of }: Readonly<{ of: Detail }>): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('history')}</h2>
      <Rows
        caption={t('history')}
        rows={of.history}
        rowKey={({ at, state }) => `${at}${state}`}
        columns={[
          { label: t('at'), cell: ({ at }) => <At at={at} /> },
          { label: t('state'), cell: ({ state }) => state },
          { label: t('kind'), cell: ({ cause }) => cause },
        ]}
      />
      <h2>{t('acknowledgements')}</h2>
      {of.acknowledgements.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {of.acknowledgements.map(({ by, what, at }) => (
        <p key={by + what}>
          {t(by)} · {what} · {at === null ? t('unanswered') : <At at={at} />}
        </p>
      ))}
      <h2>{t('objections')}</h2>
      {of.objections.length === 0 ? <p className="quiet">{t('none')}</p> : null}
      {of.objections.map(({ about, at }) => (
        <p key={at + about}>
          {about} · <At at={at} />
        </p>
      ))}
    </>
  );
}

/** One consent as administrators see it: ids and codes, nobody's name; each record with its commitment in the log. */
export default function Consent(): ReactElement {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const steers = useMay('consent-administrator');
  const query = useQuery({ queryKey: ['consent', id], queryFn: () => read<Detail>(`consents/${id}`) });
  const isOpen = ['pending', 'given', 'renewed', 'paused'].includes(query.data?.state ?? '');
  return (
    <View
      title={query.data ? `${query.data.dataset}: ${query.data.holder} → ${query.data.recipient}` : t('consents')}
      lead={query.data?.state}
      acts={steers && isOpen ? <InWriting id={id} /> : undefined}
    >
      <p>
        <Link to="/console/consents">{t('consents')}</Link>
      </p>
      <Shown query={query}>
        {(of) => (
          <div className="stack">
            <Facts of={of} />
            <Happened of={of} />
            <h2>{t('proof')}</h2>
            <Rows
              caption={t('proof')}
              rows={of.evidence}
              rowKey={({ commitment }) => commitment}
              columns={[
                { label: t('at'), cell: ({ at }) => <At at={at} /> },
                { label: t('kind'), cell: ({ type }) => type },
                { label: t('evidence'), cell: ({ commitment }) => <span className="mono">{commitment}</span> },
              ]}
            />
          </div>
        )}
      </Shown>
    </View>
  );
}
