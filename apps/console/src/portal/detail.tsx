import type { ObjectionView, RefusedRequests } from '@bayway/contracts';
import {
  Aside,
  Card,
  Columns,
  fill,
  formatDate,
  formatDateTime,
  Heading,
  inSentence,
  Notice,
  Part,
  startSentence,
  t,
  Tag,
  Timeline,
} from '@bayway/design';
import type { Jurisdiction } from '@bayway/domain';
import type { ReactElement } from 'react';
import { eventsOf } from './detail-events.js';
import { Answers, Pausing, ReceiptPart, Terms, Withdrawal, type OfHers } from './detail-parts.js';
import { Frame } from './frame.js';
import { actingWords, inLanguage, isOpen, stateTag, usesOf } from './summary.js';
import { words } from './words/index.js';
import { Wrong } from './wrong.js';

type DetailProps = OfHers &
  Readonly<{
    objections: readonly ObjectionView[];
    /** Requests that ended without a release; null while nobody can say. */
    refusals: RefusedRequests['items'] | null;
    /** Where an evidence file is checked. */
    verifier: string;
    /** She came by a "Withdraw" elsewhere: the panel is open. */
    withdrawOpen: boolean;
    here: Jurisdiction;
    /** Where this place publishes the keys that receipts are checked with. */
    keys: string;
  }>;

function titleOf({ view, consent }: Pick<OfHers, 'view' | 'consent'>): string {
  const { language } = view;
  const recipient = inLanguage(consent.recipient.name, language);
  const record = inLanguage(consent.dataset.name, language);
  if (!isOpen(consent.state)) return `${startSentence(record)} → ${recipient}`;
  return fill(t(language).detail.mayUse, { recipient, record: inSentence(language, record) });
}

function Opening({ view, consent }: Pick<OfHers, 'view' | 'consent'>): ReactElement {
  const { language } = view;
  const { detail } = t(language);
  const own = words[language];
  const tag = stateTag(consent.state, language);
  const used = consent.uses.length;
  const left = fill(detail.usesLeft, { used, left: Math.max(0, consent.maxUses - used) });
  const acting = actingWords(consent, language);
  const until = fill(own.until, { date: formatDate(language, consent.validUntil) });
  return (
    <>
      <Heading
        title={titleOf({ view, consent })}
        tag={<Tag kind={tag.kind}>{tag.words}</Tag>}
        {...(acting === null ? {} : { kicker: [acting] })}
        lead={isOpen(consent.state) ? `${until} · ${left}` : own.alreadyEnded}
      />
      {consent.state === 'withdrawn' && consent.endedAt !== null ? (
        <div id="withdrawn">
          <Notice status>
            <p>
              <b>{fill(detail.withdrawnOn, { date: formatDateTime(language, consent.endedAt) })}</b>
            </p>
            <p>
              {own.withdrawnNow} {own.withdrawnTold}
            </p>
            {usesOf(consent).map((use) => (
              <p key={use.dataRequestId}>
                {fill(t(language).withdraw.earlier, { time: formatDateTime(language, use.at) })}
              </p>
            ))}
          </Notice>
        </div>
      ) : null}
    </>
  );
}

function Beside(props: DetailProps): ReactElement {
  const { view, consent } = props;
  const { language } = view;
  const recipient = inLanguage(consent.recipient.name, language);
  const { role, email } = consent.recipient.contact;
  return (
    <>
      <ReceiptPart {...props} />
      <div className="card card--quiet stack">
        <Pausing {...props} />
        <Aside title={fill(t(language).detail.askParty, { party: recipient })}>
          <p>{inLanguage(role, language)}</p>
          <p>
            <a href={`mailto:${email}`}>{email}</a>
          </p>
        </Aside>
        <Aside title={t(language).detail.complainTo}>
          <p>{inLanguage(consent.recipient.authority, language)}</p>
        </Aside>
      </div>
    </>
  );
}

/** One consent: what was allowed and what was done with it, side by side; withdrawing in two clicks. */
export function Detail(props: DetailProps): ReactElement {
  const { view, consent, signedIn, objections, withdrawOpen } = props;
  const { language } = view;
  return (
    <Frame view={view} title={titleOf(props)} signedIn={signedIn} current="allowed">
      <Columns aside={<Beside {...props} />}>
        <Opening {...props} />
        {isOpen(consent.state) ? <Withdrawal {...props} open={withdrawOpen} /> : null}
        <Terms {...props} />
        <Part id="happened" title={t(language).detail.happened}>
          <Card>
            <Timeline language={language} events={eventsOf(props)} />
            {consent.uses.length === 0 ? <p>{words[language].neverUsed}</p> : null}
            <p className="small">
              {words[language].evidenceHow} <a href={props.verifier}>{words[language].evidenceCheck}</a>
            </p>
            {props.refusals === null ? <p className="small">{words[language].refusalsUnknown}</p> : null}
          </Card>
        </Part>
        <Answers {...props} />
        <Wrong view={view} consent={consent} signedIn={signedIn} objections={objections} />
      </Columns>
    </Frame>
  );
}
