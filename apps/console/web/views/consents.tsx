import type { AdminConsentPage } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { formatNumber, jurisdictionName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import { Button, Modal } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { read, send } from '../api.js';
import { language } from '../i18n.js';
import { useMay } from '../me.js';
import { Filters, type Filter } from '../parts/filters.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';

const STATES = 'pending given renewed paused refused lapsed withdrawn expired used-up terminated invalidated'.split(
  ' ',
);
const CHOICES: Readonly<Record<string, readonly string[]>> = {
  state: STATES,
  importer: ['hk', 'mo', 'cn'],
  channel: ['portal', 'partner', 'writing', 'bulk'],
  silent: ['true', 'false'],
  used: ['true', 'false'],
};
const TEXTS = ['subject', 'holder', 'recipient', 'dataset', 'purpose'];
const DAYS = ['decidedFrom', 'decidedTo', 'validFrom', 'validTo'];

function useFilters(): readonly Filter[] {
  const { t } = useTranslation();
  const words = (name: string, value: string): string => {
    if (name === 'state') return t(`state_${value}`);
    if (name === 'importer') return jurisdictionName(language, value as Jurisdiction);
    if (name === 'channel') return t(`channel_${value}`);
    return t(value === 'true' ? 'yes' : 'no');
  };
  return [
    ...Object.entries(CHOICES).map(([name, options]) => ({
      name,
      label: t(name),
      options: options.map((option) => [option, words(name, option)] as const),
    })),
    ...TEXTS.map((name) => ({ name, label: t(name) })),
    ...DAYS.map((name) => ({ name, label: t(name), type: 'date' as const })),
  ];
}

/** The filter of an address as the bulk withdrawal takes it. */
function filterOf(values: URLSearchParams): Record<string, unknown> {
  const plain: Record<string, unknown> = Object.fromEntries([...values].filter(([name]) => name !== 'after'));
  for (const name of ['silent', 'used']) if (values.has(name)) plain[name] = values.get(name) === 'true';
  const state = values.get('state');
  return { ...plain, ...(state === null ? {} : { state: state.split(',') }) };
}

function DryRun({ values, total }: Readonly<{ values: URLSearchParams; total: string }>): ReactElement {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [open, setOpen] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const body = { filter: filterOf(values), reason: data.get('reason'), reference: data.get('reference') };
    send<{ id: string }>('bulk', body).then(({ id }) => void navigate(`/console/bulk/${id}`), setError);
  };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('dryRun')}</Button>
      <Modal open={open} onCancel={() => setOpen(false)} title={t('dryRun')} footer={null} destroyOnHidden>
        <form onSubmit={submit} className="stack">
          <p>{t('dryRunText')}</p>
          {error ? <Trouble error={error} /> : null}
          <Words />
          <Button htmlType="submit">{t('dryRunGo', { n: total })}</Button>
        </form>
      </Modal>
    </>
  );
}

/** Reference and reason: nothing is withdrawn without. */
export function Words(): ReactElement {
  const { t } = useTranslation();
  return (
    <>
      <label className="field">
        {t('reference')}
        <input name="reference" required maxLength={60} />
      </label>
      <label className="field">
        {t('reason')}
        <small>{t('reasonHint')}</small>
        <textarea name="reason" required minLength={10} maxLength={500} rows={3} />
      </label>
    </>
  );
}

/** The table of some consents. */
export function ConsentRows({ items }: Readonly<{ items: AdminConsentPage['items'] }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Rows
      caption={t('consents')}
      rows={items}
      rowKey={({ id }) => id}
      columns={[
        { label: t('number'), cell: ({ id }) => <Link to={`/console/consents/${id}`}>{id.slice(0, 8)}</Link> },
        { label: t('state'), cell: ({ state }) => t(`state_${state}`) },
        { label: t('holder'), cell: ({ holder }) => holder },
        {
          label: t('recipient'),
          cell: ({ recipient, importer }) => `${recipient} (${jurisdictionName(language, importer)})`,
        },
        { label: t('dataset'), cell: ({ dataset }) => dataset },
        { label: t('purpose'), cell: ({ purpose }) => purpose },
        { label: t('decided'), cell: ({ decidedAt }) => <At at={decidedAt} /> },
        { label: t('until'), cell: ({ validUntil }) => validUntil },
        { label: t('uses'), cell: ({ uses, maxUses }) => `${uses} / ${maxUses}` },
      ]}
    />
  );
}

/** Every consent of this jurisdiction, by any of the filters; the address keeps them. */
export default function Consents(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const filters = useFilters();
  const steers = useMay('consent-administrator');
  values.delete('ui_locales');
  const text = values.toString();
  const query = useQuery({
    queryKey: ['consents', text],
    queryFn: () => read<AdminConsentPage>(`consents?${text}`),
  });
  const { data } = query;
  const count = data ? formatNumber(language, data.total) : '';
  const exported = new URLSearchParams(values);
  exported.delete('after');
  const next = (after: string): void => setValues(new URLSearchParams([...exported, ['after', after]]));
  return (
    <View
      title={t('consents')}
      lead={data ? t(data.exact ? 'total' : 'totalOver', { n: count }) : t('loading')}
      acts={
        <>
          <Button href={`/console/api/exports/consents.csv?${exported.toString()}`}>{t('exportCsv')}</Button>
          <Button href={`/console/api/exports/consents.json?${exported.toString()}`}>{t('exportJson')}</Button>
          {steers && data && data.items.length > 0 ? <DryRun values={exported} total={count} /> : null}
        </>
      }
    >
      <Filters of={filters} values={values} set={setValues} />
      <Shown query={query} isEmpty={({ items }) => items.length === 0}>
        {(page) => (
          <div className="stack">
            <ConsentRows items={page.items} />
            <div className="acts">
              {values.has('after') ? <Button onClick={() => setValues(exported)}>{t('first')}</Button> : null}
              {page.next === null ? null : <Button onClick={() => next(page.next ?? '')}>{t('next')}</Button>}
            </div>
          </div>
        )}
      </Shown>
    </View>
  );
}
