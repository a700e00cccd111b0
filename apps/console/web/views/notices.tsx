import type { NoticeDifference, NoticeVersionList } from '@bayway/contracts';
import { formatNumber } from '@bayway/design/web';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Card, Popconfirm } from 'antd';
import { useState, type FormEvent, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { queries, read, send } from '../api.js';
import { language, LANGUAGE_NAMES, LANGUAGES, type Language } from '../i18n.js';
import { useMay } from '../me.js';
import { At, Rows, View } from '../parts/page.js';
import { Shown, Trouble } from '../parts/shown.js';

type Version = NoticeVersionList['items'][number];
/** The parts of a notice, in the order of the page. */
const PARTS = [
  'question',
  'limit',
  'purpose',
  'purposeFor',
  'purposePhrase',
  'notMarketing',
  'how',
  'kept',
  'rights',
  'nothingElse',
  'leftOut',
  'necessity',
  'ifYes',
  'importer',
] as const;
type Texts = Record<Language, Record<string, string | null>>;

/** What publishing the draft would mean: what is missing, whom it touches, and how strongly. */
function Difference({ id, of }: Readonly<{ id: string; of: NoticeDifference }>): ReactElement {
  const { t } = useTranslation();
  const writes = useMay('rules-officer');
  const publish = useMutation({
    mutationFn: () => send('notices/publication', { id }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['versions', id] }),
  });
  const name = of.materiality === 'nothing' ? t('nothingMatters') : of.materiality ? t(of.materiality) : '–';
  const n = of.version + 1;
  return (
    <Card title={t('parity')} className="stack">
      {of.faults.length === 0 ? (
        <p>{t('parityGood')}</p>
      ) : (
        <ul>
          {of.faults.map(({ language: where, part, fault }) => (
            <li key={where + part + fault}>
              {LANGUAGE_NAMES[where]} · {part}: {fault}
            </li>
          ))}
        </ul>
      )}
      <p>
        {t('materiality')}: {name}. {t('affected', { n: formatNumber(language, of.affected) })}
      </p>
      <p className="acts">
        {t('preview')}:
        {LANGUAGES.map((other) => (
          <a
            key={other}
            lang={other}
            target="_blank"
            rel="noreferrer"
            href={`/console/preview?id=${encodeURIComponent(id)}&language=${other}`}
          >
            {LANGUAGE_NAMES[other]}
          </a>
        ))}
      </p>
      {publish.error ? <Trouble error={publish.error} /> : null}
      {publish.isSuccess ? <Alert type="success" title={t('published')} /> : null}
      {writes && of.faults.length === 0 ? (
        <Popconfirm
          title={t('publish', { n })}
          description={t('publishAsk')}
          okText={t('publish', { n })}
          cancelText={t('keep')}
          onConfirm={() => publish.mutate()}
        >
          <Button>{t('publish', { n })}</Button>
        </Popconfirm>
      ) : null}
    </Card>
  );
}

function Editor({ id, latest }: Readonly<{ id: string; latest: Version | undefined }>): ReactElement {
  const { t } = useTranslation();
  const draft = useMutation({
    mutationFn: (texts: Texts) => send<NoticeDifference>('notices/draft', { id, texts }, 'PUT'),
  });
  const before: Partial<Texts> = latest?.texts ?? {};
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const textOf = (name: string): string | null => {
      const value = data.get(name);
      return typeof value === 'string' && value !== '' ? value : null;
    };
    draft.mutate(
      Object.fromEntries(
        LANGUAGES.map((other) => [other, Object.fromEntries(PARTS.map((part) => [part, textOf(`${other}.${part}`)]))]),
      ) as Texts,
    );
  };
  return (
    <form onSubmit={submit} className="stack">
      <h2>{t('editor')}</h2>
      {PARTS.map((part) => (
        <fieldset key={part} className="quad">
          <legend>{part}</legend>
          {LANGUAGES.map((other) => (
            <label key={other} className="field" lang={other}>
              {LANGUAGE_NAMES[other]}
              <textarea name={`${other}.${part}`} rows={3} maxLength={400} defaultValue={before[other]?.[part] ?? ''} />
            </label>
          ))}
        </fieldset>
      ))}
      {draft.error ? <Trouble error={draft.error} /> : null}
      <Button htmlType="submit">{t('saveDraft')}</Button>
      {draft.data ? <Difference id={id} of={draft.data} /> : null}
    </form>
  );
}

/** The notices: what has been published, and for rules officers the draft in four languages side by side. */
export default function Notices(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const [id, setId] = useState(values.get('id') ?? 'general/cn-hk');
  const asked = values.get('id') ?? 'general/cn-hk';
  const writes = useMay('rules-officer');
  const query = useQuery({
    queryKey: ['versions', asked],
    queryFn: () => read<NoticeVersionList>(`notices/versions?id=${encodeURIComponent(asked)}`),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setValues({ id });
  };
  return (
    <View title={t('notices')} lead={asked}>
      <form onSubmit={submit} className="acts">
        <label className="field">
          {t('noticeId')}
          <input value={id} onChange={({ target }) => setId(target.value)} maxLength={100} />
        </label>
        <Button htmlType="submit">{t('search')}</Button>
      </form>
      <Shown query={query}>
        {({ items }) => (
          <div className="stack">
            {items.length === 0 ? (
              <p className="quiet" data-state="empty">
                {t('noVersions')}
              </p>
            ) : (
              <Rows
                caption={t('versions')}
                rows={items}
                rowKey={({ version }) => String(version)}
                columns={[
                  { label: t('version'), cell: ({ version }) => version },
                  { label: t('inForce'), cell: ({ effectiveFrom }) => <At at={effectiveFrom} /> },
                  { label: t('materiality'), cell: ({ materiality }) => materiality },
                  { label: t('setDigest'), cell: ({ digest }) => <span className="mono">{digest}</span> },
                ]}
              />
            )}
            {writes ? <Editor key={asked} id={asked} latest={items[0]} /> : null}
          </div>
        )}
      </Shown>
    </View>
  );
}
