import type { UseQueryResult } from '@tanstack/react-query';
import { Alert, Button, Card, Empty, Result, Skeleton } from 'antd';
import type { ReactElement, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../api.js';

type ShownProps<T> = Readonly<{
  query: UseQueryResult<T>;
  isEmpty?: (data: T) => boolean;
  empty?: string;
  children: (data: T) => ReactNode;
}>;

/** One answer of the server in each of its states: loading, refused, error, empty, full. */
export function Shown<T>({ query, isEmpty, empty, children }: ShownProps<T>): ReactElement {
  const { t } = useTranslation();
  if (query.isPending)
    return (
      <Card aria-busy="true" data-state="loading">
        <span className="quiet">{t('loading')}</span>
        <Skeleton active={false} paragraph={{ rows: 3 }} />
      </Card>
    );
  if (query.isError) return <Trouble error={query.error} again={() => void query.refetch()} />;
  if (isEmpty?.(query.data))
    return (
      <Card data-state="empty">
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={<span className="quiet">{empty ?? t('nothing')}</span>}
        />
      </Card>
    );
  return <div data-state="full">{children(query.data)}</div>;
}

/** What could not be done, what stands, and a way on; a role that is missing is named. */
export function Trouble({ error, again }: Readonly<{ error: Error; again?: () => void }>): ReactElement {
  const { t } = useTranslation();
  const problem = error instanceof Problem ? error : null;
  if (problem?.status === 403) {
    const roles = (problem.members['roles'] as string[] | undefined) ?? [];
    return (
      <div data-state="refused">
        <Result status="info" title={t('roleOnly', { roles: roles.map((role) => t(`role_${role}`)).join(', ') })} />
      </div>
    );
  }
  return (
    <Alert
      type="error"
      data-state="error"
      title={t('failed')}
      description={
        <>
          <p>{problem?.detail ?? error.message}</p>
          <p>{t('failedText', { id: problem?.reference ?? '–' })}</p>
          {again ? <Button onClick={again}>{t('again')}</Button> : null}
        </>
      }
    />
  );
}
