import type { AdminStatement, Reciprocity, StatementLine } from '@bayway/contracts';
import { formatNumber, jurisdictionName, placeName } from '@bayway/design/web';
import { useQuery } from '@tanstack/react-query';
import type { FormEvent, ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from 'antd';
import { useSearchParams } from 'react-router';
import { read } from '../api.js';
import { language } from '../i18n.js';
import { Figures, Rows, View } from '../parts/page.js';
import { Shown } from '../parts/shown.js';

const COUNTS = ['released', 'refused', 'failed', 'expired', 'cancelled', 'ended', 'delivered', 'receipted'] as const;
const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;
/** The month as it is now in the Bay. */
const thisMonth = (): string => new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
const number = (value: number): string => formatNumber(language, value);

function Lines({ of }: Readonly<{ of: readonly StatementLine[] }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Rows
      caption={t('statementLines')}
      rows={of}
      rowKey={({ side, exporter, importer, holder, recipient, dataset }) =>
        [side, exporter, importer, holder, recipient, dataset].join(' ')
      }
      columns={[
        { label: t('holder'), cell: ({ holder }) => holder ?? t('unknownPlace') },
        { label: t('recipient'), cell: ({ recipient }) => recipient },
        {
          label: t('way'),
          cell: ({ exporter, importer }) =>
            `${jurisdictionName(language, exporter)} → ${jurisdictionName(language, importer)}`,
        },
        { label: t('dataset'), cell: ({ dataset }) => dataset ?? t('unknownPlace') },
        { label: t('countedBy'), cell: ({ side }) => t(`side_${side}`) },
        ...COUNTS.map((name) => ({
          label: t(`count_${name}`),
          right: true,
          cell: (line: StatementLine) => number(line[name]),
        })),
      ]}
    />
  );
}

function Reconciled({ of }: Readonly<{ of: AdminStatement['reconciliation'] }>): ReactElement {
  const { t } = useTranslation();
  if (of.differences.length === 0) return <p className="note">{t('meterAgrees', { n: number(of.metered) })}</p>;
  return (
    <>
      <p className="note">{t('meterDiffers', { n: number(of.metered), evidence: number(of.inEvidence) })}</p>
      <Rows
        caption={t('differences')}
        rows={of.differences}
        rowKey={({ dataRequestId, type }) => dataRequestId + type}
        columns={[
          { label: t('number'), cell: ({ dataRequestId }) => <span className="mono">{dataRequestId}</span> },
          { label: t('kind'), cell: ({ type }) => <span className="mono">{type}</span> },
          { label: t('missingIn'), cell: ({ missingIn }) => t(`missing_${missingIn}`) },
        ]}
      />
    </>
  );
}

function Given({ of }: Readonly<{ of: Reciprocity['lines'] }>): ReactElement {
  const { t } = useTranslation();
  return (
    <Rows
      caption={t('reciprocity')}
      rows={of}
      rowKey={({ direction, place, other, dataset }) => [direction, place, other, dataset].join(' ')}
      csv="reciprocity"
      columns={[
        { label: t('side'), cell: ({ place }) => placeName(language, place) },
        { label: t('direction'), cell: ({ direction }) => t(`direction_${direction}`) },
        { label: t('withPlace'), cell: ({ other }) => jurisdictionName(language, other) },
        { label: t('dataset'), cell: ({ dataset }) => dataset },
        {
          label: t('count_released'),
          right: true,
          cell: ({ released }) => (released === null ? t('fewerThanFive') : number(released)),
        },
      ]}
    />
  );
}

function MonthChoice({ month, set }: Readonly<{ month: string; set: (month: string) => void }>): ReactElement {
  const { t } = useTranslation();
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get('month');
    if (typeof chosen === 'string' && MONTH.test(chosen)) set(chosen);
  };
  return (
    <form onSubmit={submit} className="acts" key={month}>
      <label className="field">
        {t('month')}
        <input name="month" type="month" required pattern="20\d\d-(0[1-9]|1[0-2])" defaultValue={month} />
      </label>
      <Button htmlType="submit">{t('showMonth')}</Button>
      <Button href={`/console/api/statements/${month}/csv`} download={`statement-${month}.csv`}>
        {t('exportCsv')}
      </Button>
    </form>
  );
}

/** What passed in a month, pair by pair, whether the evidence says the same, and who gave and got how much. */
export default function Statements(): ReactElement {
  const { t } = useTranslation();
  const [values, setValues] = useSearchParams();
  const asked = values.get('month') ?? '';
  const month = MONTH.test(asked) ? asked : thisMonth();
  const statement = useQuery({
    queryKey: ['statement', month],
    queryFn: () => read<AdminStatement>(`statements/${month}`),
  });
  const given = useQuery({
    queryKey: ['reciprocity', month],
    queryFn: () => read<Reciprocity>(`reciprocity/${month}`),
  });
  const sum = (lines: readonly StatementLine[], name: (typeof COUNTS)[number]): string =>
    number(lines.reduce((all, line) => all + line[name], 0));
  return (
    <View
      title={t('statements')}
      lead={t('statementsLead')}
      acts={<MonthChoice month={month} set={(next) => setValues({ month: next })} />}
    >
      <Shown query={statement} isEmpty={({ lines }) => lines.length === 0} empty={t('noStatement')}>
        {({ lines, reconciliation }) => (
          <div className="stack">
            <Figures
              of={(['released', 'refused', 'failed', 'receipted'] as const).map((name) => ({
                label: t(`count_${name}`),
                value: sum(lines, name),
              }))}
            />
            <Reconciled of={reconciliation} />
            <h2>{t('statementLines')}</h2>
            <Lines of={lines} />
          </div>
        )}
      </Shown>
      <section>
        <h2>{t('reciprocity')}</h2>
        <p className="quiet">{t('reciprocityNote')}</p>
        <Shown query={given} isEmpty={({ lines }) => lines.length === 0} empty={t('noReciprocity')}>
          {({ lines }) => <Given of={lines} />}
        </Shown>
      </section>
    </View>
  );
}
