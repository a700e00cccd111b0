import { formatNumber } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { At, Figures, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';

type Stand = Readonly<{ size: number | null; at: string | null; state: string }>;
export type Status = Readonly<{
  origin: string;
  size: number;
  signedAt: string | null;
  witnesses: readonly (Stand & { name: string })[];
  logs: readonly (Stand & { origin: string })[];
}>;
export type Alarms = Readonly<{ alarms: readonly { kind: string; subject: string; raisedAt: string }[] }>;
type Reconciliation = Readonly<{
  latest: { at: string; isComplete: boolean; statements: number; findings: Record<string, number | null> } | null;
}>;

export const useStatus = () => useQuery({ queryKey: ['status'], queryFn: () => read<Status>('evidence/status') });
export const useAlarms = () => useQuery({ queryKey: ['alarms'], queryFn: () => read<Alarms>('evidence/alarms') });

const number = (value: number | null): string => (value === null ? '–' : formatNumber(language, value));

/** How far somebody signed, or was read. */
export function Stands({ caption, rows }: Readonly<{ caption: string; rows: readonly (Stand & { name: string })[] }>) {
  const { t } = useTranslation();
  return (
    <section>
      <h2>{caption}</h2>
      <Rows
        caption={caption}
        rows={rows}
        rowKey={({ name }) => name}
        columns={[
          { label: t('log'), cell: ({ name }) => name },
          { label: t('state'), cell: ({ state }) => t(`state_${state}`) },
          { label: t('size'), cell: ({ size }) => number(size) },
          { label: t('at'), cell: ({ at }) => <At at={at} /> },
        ]}
      />
    </section>
  );
}

function Reconciled(): ReactElement {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ['reconciliation'],
    queryFn: () => read<Reconciliation>('evidence/reconciliation'),
  });
  return (
    <section>
      <h2>{t('reconciliation')}</h2>
      <Shown query={query} isEmpty={({ latest }) => latest === null} empty={t('noReconciliation')}>
        {({ latest }) =>
          latest === null ? null : (
            <div className="stack">
              <p>
                <At at={latest.at} /> · {t('shouldBeZero')}
              </p>
              <Rows
                caption={t('reconciliation')}
                rows={Object.entries(latest.findings)}
                rowKey={([name]) => name}
                columns={[
                  { label: t('kind'), cell: ([name]) => name },
                  { label: t('number'), cell: ([, found]) => (found === null ? t('notAnswered') : number(found)) },
                ]}
              />
            </div>
          )
        }
      </Shown>
    </section>
  );
}

/** The log of this jurisdiction, who witnesses it, and whether everything that was said is in it. */
export default function Evidence(): ReactElement {
  const { t } = useTranslation();
  const status = useStatus();
  const alarms = useAlarms();
  return (
    <View title={t('evidence')} lead={status.data?.origin}>
      <Shown query={status}>
        {({ size, signedAt, witnesses, logs }) => (
          <div className="stack">
            <Figures
              of={[
                { label: t('size'), value: number(size) },
                { label: t('signedAt'), value: <At at={signedAt} /> },
              ]}
            />
            <div className="two">
              <Stands caption={t('witnesses')} rows={witnesses} />
              <Stands caption={t('otherLogs')} rows={logs.map((log) => ({ ...log, name: log.origin }))} />
            </div>
          </div>
        )}
      </Shown>
      <Reconciled />
      <section>
        <h2>{t('alarms')}</h2>
        <Shown query={alarms} isEmpty={(data) => data.alarms.length === 0} empty={t('noAlarms')}>
          {(data) => (
            <Rows
              caption={t('alarms')}
              rows={data.alarms}
              rowKey={({ kind, subject, raisedAt }) => kind + subject + raisedAt}
              columns={[
                { label: t('kind'), cell: ({ kind }) => kind },
                { label: t('log'), cell: ({ subject }) => subject },
                { label: t('at'), cell: ({ raisedAt }) => <At at={raisedAt} /> },
              ]}
            />
          )}
        </Shown>
      </section>
    </View>
  );
}
