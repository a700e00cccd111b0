import type { ReceiptPageView } from '@bayway/contracts';
import { Button, fill, formatDateTime, Heading, t } from '@bayway/design';
import type { ReactElement } from 'react';
import type { Of } from './detail-parts.js';
import { Frame, type SignedIn } from './frame.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** Her receipt as this jurisdiction's consent service rendered it, unchanged, in the portal's frame. */
export function Receipt({
  view,
  receipt,
  signedIn,
}: Readonly<{ view: View; receipt: ReceiptPageView; signedIn: SignedIn }>): ReactElement {
  return (
    <Frame view={view} title={receipt.title} signedIn={signedIn} current="allowed">
      <p className="noprint">
        <button type="button" className="btn btn--s" data-print hidden>
          {t(view.language).button.print}
        </button>
      </p>
      <div dangerouslySetInnerHTML={{ __html: receipt.html }} />
    </Frame>
  );
}

/** The exact bytes she answered, as consent kept them. The form inside is closed: it can be read, not sent. */
export function NoticeAsShown({
  view,
  consent,
  shown,
  signedIn,
}: Of & Readonly<{ shown: string; signedIn: SignedIn }>): ReactElement {
  const { language } = view;
  const own = words[language];
  const at = consent.acts[0]?.at ?? consent.givenAt ?? view.now.toISOString();
  return (
    <Frame view={view} title={own.noticeTitle} signedIn={signedIn} current="allowed">
      <div className="stack-l">
        <Heading title={own.noticeTitle} lead={fill(own.noticeLead, { date: formatDateTime(language, at) })} />
        <p>{own.noticeOld}</p>
        <p>
          <Button small href={`/consents/${consent.id}`}>
            {t(language).button.look}
          </Button>
        </p>
        <fieldset className="shown" disabled lang={consent.shown.language} aria-label={own.noticeTitle}>
          <div dangerouslySetInnerHTML={{ __html: shown }} />
        </fieldset>
      </div>
    </Frame>
  );
}
