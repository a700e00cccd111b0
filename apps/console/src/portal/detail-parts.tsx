import type { ConsentView } from '@bayway/contracts';
import {
  Button,
  Card,
  Facts,
  fill,
  formatDate,
  formatDateTime,
  Items,
  jurisdictionName,
  LANGUAGE_NAMES,
  More,
  ReceiptDigest,
  Span,
  t,
  WithdrawDetails,
} from '@bayway/design';
import type { Jurisdiction } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import type { ReactElement } from 'react';
import { Csrf, type SignedIn } from './frame.js';
import { inLanguage, isOpen, nameOf, purposeOf, timesAllowed, usesOf } from './summary.js';
import type { View } from './view.js';
import { words } from './words/index.js';

export type Of = Readonly<{ view: View; consent: ConsentView }>;
export type OfHers = Of & Readonly<{ signedIn: SignedIn }>;

/** The bridge, and the six facts as she was shown them. */
export function Terms({ view, consent }: Of): ReactElement {
  const { language } = view;
  const { facts } = t(language);
  const recipient = inLanguage(consent.recipient.name, language);
  const authority = inLanguage(consent.recipient.authority, language);
  const contact = `${inLanguage(consent.recipient.contact.role, language)} · ${consent.recipient.contact.email}`;
  const deletedBy = fill(facts.deletedBy, { date: formatDate(language, consent.retentionUntil) });
  return (
    <Card id="terms" title={facts.asShown}>
      <Span
        language={language}
        state={isOpen(consent.state) ? 'on' : 'ended'}
        saidBeside
        holder={{ name: inLanguage(consent.holder.name, language), place: nameOf(consent.holder.place, language) }}
        receiver={{ name: recipient, place: nameOf(consent.recipient.place, language) }}
        label={`${inLanguage(consent.dataset.name, language)} · ${timesAllowed(consent, language)}`}
      />
      <Facts
        language={language}
        under
        facts={[
          { label: facts.recipient, value: recipient },
          { label: facts.contact, value: contact },
          { label: facts.purpose, value: purposeOf(consent.purpose, language) },
          { label: facts.how, value: fill(facts.encrypted, { recipient }) },
          { label: facts.keptUntil, value: deletedBy },
          { label: facts.rights, value: fill(facts.rightsText, { recipient, authority }) },
        ]}
      />
      <h3 className="next">{facts.items}</h3>
      <Items
        language={language}
        items={consent.items.map((item) => ({ name: inLanguage(item.name, language), sensitive: item.sensitive }))}
      />
    </Card>
  );
}

/** Each separate act with her answer, and the notice of that day. */
export function Answers({ view, consent }: Of): ReactElement {
  const { language } = view;
  const own = words[language];
  const { acts, detail } = t(language);
  return (
    <Card id="answers" title={own.yourAnswers}>
      <Facts
        language={language}
        facts={consent.acts.map(({ kind, answer, at }) => ({
          label: acts[kind].title,
          value: `${answer === 'agree' ? own.agreed : own.notAgreed} · ${formatDateTime(language, at)}`,
        }))}
      />
      <p className="small next">{fill(own.readIn, { language: LANGUAGE_NAMES[consent.shown.language] })}</p>
      <p>
        <a href={`/consents/${consent.id}/notice`}>{detail.noticeOfDay}</a>
      </p>
    </Card>
  );
}

/** The first click opens what will happen, the second confirms. */
export function Withdrawal({ view, consent, signedIn, open }: OfHers & Readonly<{ open: boolean }>): ReactElement {
  const { language } = view;
  const { withdraw } = t(language);
  const earlier = usesOf(consent).map((use) => fill(withdraw.earlier, { time: formatDateTime(language, use.at) }));
  const deleteBy = fill(withdraw.deleteBy, { date: formatDate(language, consent.retentionUntil) });
  return (
    <WithdrawDetails
      language={language}
      action={`/consents/${consent.id}/withdrawal`}
      keepHref="/"
      effects={[withdraw.effect, ...earlier, deleteBy, withdraw.noDetriment]}
      hidden={{ csrf: signedIn.csrf }}
      open={open}
    />
  );
}

/** Less than withdrawing: nothing starts until she takes it up again. */
export function Pausing({ view, consent, signedIn }: OfHers): ReactElement | null {
  const own = words[view.language];
  const isPaused = consent.state === 'paused';
  if (!isPaused && consent.state !== 'given' && consent.state !== 'renewed') return null;
  return (
    <form className="stack-s" method="post" action={`/consents/${consent.id}/${isPaused ? 'resumption' : 'pause'}`}>
      <h2>{own.pauseTitle}</h2>
      <p>{isPaused ? own.pausedText : own.pauseText}</p>
      <Csrf of={signedIn} />
      <Button small>{isPaused ? own.resume : own.pause}</Button>
    </form>
  );
}

type Logs = Readonly<{ here: Jurisdiction; keys: string }>;

/** Number and digest, to be downloaded, printed, and checked without us. */
export function ReceiptPart({ view, consent, here, keys }: Of & Logs): ReactElement {
  const { language } = view;
  const { button, detail } = t(language);
  const own = words[language];
  return (
    <Card id="receipt" title={detail.receipt}>
      <div className="stack">
        <p className="small">{detail.receiptText}</p>
        <ReceiptDigest language={language} number={consent.id} algorithm="sha-256" digest={digestOf(consent.receipt)} />
        <div className="row row--start">
          <Button small href={`/consents/${consent.id}/receipt.json`}>
            {button.downloadReceipt}
          </Button>
          <Button small href={`/consents/${consent.id}/receipt`}>
            {button.print}
          </Button>
        </div>
        <More summary={detail.howToCheck}>
          <ol className="plain">
            <li>{own.checkOne}</li>
            <li>{own.checkTwo}</li>
            <li>
              {own.checkThree} <a href={keys}>{fill(own.keysOf, { place: jurisdictionName(language, here) })}</a>
            </li>
          </ol>
          <p>
            <code>npm run -s bayway -- verify receipt.json</code>
          </p>
        </More>
      </div>
    </Card>
  );
}
