import type { NotificationPage, NotificationView } from '@bayway/contracts';
import { Button, Card, EmptyState, fill, formatNumber, formatWhen, Heading, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { Csrf, Frame, type SignedIn } from './frame.js';
import type { View } from './view.js';
import { words } from './words/index.js';

function Line({ view, told }: Readonly<{ view: View; told: NotificationView }>): ReactElement {
  const own = words[view.language];
  const text = own[`told_${told.kind}`];
  const href = told.consentId === null ? '/waiting' : `/consents/${told.consentId}`;
  return (
    <li>
      <time dateTime={told.at}>{formatWhen(view.language, told.at, view.now)}</time>
      <span className="main">
        {told.readAt === null ? (
          <>
            <b>{text}</b> <span className="small">· {own.inboxUnread}</span>
          </>
        ) : (
          text
        )}
      </span>
      <a href={href}>
        {t(view.language).button.look}
        <span className="vh"> {text}</span>
      </a>
    </li>
  );
}

type InboxProps = Readonly<{ view: View; page: NotificationPage; signedIn: SignedIn }>;

/** Everything she was told, newest first. Opening it marks nothing: she says herself what she has read. */
export function Inbox({ view, page, signedIn }: InboxProps): ReactElement {
  const { language } = view;
  const own = words[language];
  const title = t(language).page.inbox;
  const lead = page.unread === 0 ? own.inboxRead : fill(own.inboxLead, { n: formatNumber(language, page.unread) });
  return (
    <Frame view={view} title={title} signedIn={signedIn} current="inbox">
      <div className="stack-l">
        <Heading title={title} lead={page.items.length === 0 ? undefined : lead} />
        <div className="row row--start">
          {page.unread === 0 ? null : (
            <form method="post" action="/inbox/reading">
              <Csrf of={signedIn} />
              <Button small>{own.inboxReadAll}</Button>
            </form>
          )}
          <Button small href="/inbox/settings">
            {own.inboxSettings}
          </Button>
        </div>
        {page.items.length === 0 ? (
          <Card>
            <EmptyState>{own.inboxNone}</EmptyState>
          </Card>
        ) : (
          <Card kind="flush">
            <ul className="list">
              {page.items.map((told) => (
                <Line key={told.id} view={view} told={told} />
              ))}
            </ul>
          </Card>
        )}
        {page.next === null ? null : (
          <p>
            <Button href={`/inbox?after=${encodeURIComponent(page.next)}`}>{own.more}</Button>
          </p>
        )}
      </div>
    </Frame>
  );
}
