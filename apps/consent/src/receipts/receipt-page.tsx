import type { ConsentReceiptClaims, ItemView } from '@bayway/contracts';
import {
  Card,
  Facts,
  fill,
  formatDate,
  formatDateTime,
  Heading,
  Items,
  Part,
  placeName,
  ReceiptDigest,
  startSentence,
  t,
} from '@bayway/design';
import type { ConsentState, Language } from '@bayway/domain';
import type { ReactElement } from 'react';
import { receiptWords } from './receipt-words.js';

export type ReceiptProps = Readonly<{
  language: Language;
  claims: ConsentReceiptClaims;
  digest: string;
  /** Names of the dataset and of the items she allowed. */
  dataset: Readonly<Record<Language, string>>;
  items: readonly ItemView[];
  /** The page as it was shown, its bytes unchanged. */
  shown: string;
}>;

/** The words of a state. */
export function stateWords(state: ConsentState, language: Language): string {
  const { status } = t(language);
  const words: Record<ConsentState, string> = {
    requested: status.waiting,
    deferred: status.waiting,
    pending: status.onTheWay,
    given: status.allowed,
    renewed: status.renewed,
    paused: status.paused,
    refused: status.notAllowed,
    lapsed: status.lapsed,
    withdrawn: status.withdrawn,
    expired: status.expired,
    'used-up': status.usedUp,
    terminated: status.terminated,
    invalidated: status.invalidated,
  };
  return words[state];
}

function termsOf({ language, claims, dataset }: ReceiptProps) {
  const { facts, purposes } = t(language);
  const words = receiptWords[language];
  const { recipient, holder, processing, authority, withdrawal } = claims;
  const beside = (name: string, place: string): string =>
    language.startsWith('zh') ? `${name}（${placeName(language, place)}）` : `${name}, ${placeName(language, place)}`;
  return [
    { label: words.state, value: stateWords(claims.state, language) },
    { label: words.holder, value: `${beside(holder.name[language], holder.place)} · ${dataset[language]}` },
    { label: facts.recipient, value: beside(recipient.name[language], recipient.place) },
    { label: facts.contact, value: `${recipient.contact.role[language]} · ${recipient.contact.email}` },
    {
      label: facts.purpose,
      value: startSentence(purposes[processing.purpose.code]),
      ...noteOf(processing.purpose.reference),
    },
    { label: facts.how, value: fill(facts.encrypted, { recipient: recipient.name[language] }) },
    { label: words.until, value: formatDate(language, processing.validUntil) },
    { label: facts.keptUntil, value: fill(facts.deletedBy, { date: formatDate(language, processing.retentionUntil) }) },
    { label: words.withdraw, value: withdrawal.url },
    { label: words.complain, value: authority[language] },
  ];
}

const noteOf = (note: string | undefined) => (note === undefined ? {} : { note });

/** Page one is the receipt in the language she read, page two the notice of that day, word for word. */
export function ReceiptPage(props: ReceiptProps): ReactElement {
  const { language, claims, digest, items, shown } = props;
  const words = receiptWords[language];
  const { facts, acts } = t(language);
  return (
    <div lang={language} className="stack-l">
      <Heading title={words.title} kicker={[formatDateTime(language, claims.created)]} />
      <Card>
        <ReceiptDigest language={language} number={claims.jti} algorithm="sha-256" digest={digest} />
        <Facts language={language} facts={termsOf(props)} />
      </Card>
      <Part id="receipt-items" title={facts.items}>
        {items.length === 0 ? <p>{facts.none}</p> : null}
        <Items language={language} items={items.map(({ name, sensitive }) => ({ name: name[language], sensitive }))} />
      </Part>
      <Part id="receipt-acts" title={words.acts}>
        <Facts
          language={language}
          facts={claims.acts.map(({ kind, answer, at }) => ({
            label: acts[kind].title,
            value: `${answer === 'agree' ? words.agreed : words.refused} · ${formatDateTime(language, at)}`,
            ...(acts[kind].law === '' ? {} : { note: acts[kind].law }),
          }))}
        />
      </Part>
      <Part id="receipt-events" title={words.events}>
        <ol>
          {claims.events.map(({ state, at }) => (
            <li key={`${state} ${at}`}>{`${formatDateTime(language, at)} · ${stateWords(state, language)}`}</li>
          ))}
        </ol>
      </Part>
      <Part id="receipt-check" title={words.check}>
        <p>{words.checkText}</p>
      </Part>
      <section className="sheet" id="receipt-shown" aria-labelledby="receipt-shown-title">
        <h2 id="receipt-shown-title">{words.shown}</h2>
        {/* Our own bytes, rendered by us from escaped text and kept by their digest. */}
        <fieldset
          className="as-shown"
          disabled
          lang={claims.notice.language}
          dangerouslySetInnerHTML={{ __html: shown }}
        />
      </section>
    </div>
  );
}
