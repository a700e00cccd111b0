import type { WaitingAsk } from '@bayway/contracts';
import {
  Card,
  countWord,
  EmptyState,
  fill,
  formatDate,
  formatTime,
  Heading,
  inSentence,
  Span,
  startSentence,
  t,
  Tag,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { Frame, type SignedIn } from './frame.js';
import { inLanguage, nameOf, purposeOf, timesOf } from './summary.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** Who asks for what, in one sentence. */
export function askTitle(ask: WaitingAsk, { language }: View): string {
  const record = inSentence(language, inLanguage(ask.dataset.name, language));
  return fill(words[language].askFor, { recipient: inLanguage(ask.recipient.name, language), record });
}

/** A request that waits: who, what, why, and where she answers. */
export function AskCard({ ask, view }: Readonly<{ ask: WaitingAsk; view: View }>): ReactElement {
  const { language } = view;
  const own = words[language];
  const { home } = t(language);
  const recipient = inLanguage(ask.recipient.name, language);
  const holder = inLanguage(ask.holder.name, language);
  const [from, to] = [nameOf(ask.holder.place, language), nameOf(ask.recipient.place, language)];
  const purpose = purposeOf(ask.purpose, language);
  return (
    <article className="card stack ask" id={`ask-${ask.id}`}>
      <div className="row row--start">
        <Tag kind="wait">
          {fill(home.by, { date: `${formatDate(language, ask.answerBy)} ${formatTime(ask.answerBy)}` })}
        </Tag>
        {ask.state === 'deferred' ? <span className="small">{own.askLater}</span> : null}
      </div>
      <h3>{askTitle(ask, view)}</h3>
      <Span
        language={language}
        state="pending"
        saidBeside
        holder={{ name: holder, place: from }}
        receiver={{ name: recipient, place: to }}
        label={timesOf(ask.maxUses, language)}
      />
      <p className="small">{`${purpose} · ${timesOf(ask.maxUses, language)}`}</p>
      <p>{fill(own.askWhere, { recipient })}</p>
    </article>
  );
}

const titleOf = (count: number, { language }: View): string => {
  const own = words[language];
  if (count === 0) return own.waitingNone;
  return count === 1
    ? own.waitingOne
    : startSentence(fill(own.waitingMany, { n: countWord(language, count).toLowerCase() }));
};

/** Everything that waits for her answer in this place. */
export function Waiting({
  view,
  asks,
  signedIn,
}: Readonly<{ view: View; asks: readonly WaitingAsk[]; signedIn: SignedIn }>): ReactElement {
  const title = titleOf(asks.length, view);
  return (
    <Frame view={view} title={title} signedIn={signedIn} current="waiting">
      <div className="stack-l">
        <Heading title={title} />
        {asks.length === 0 ? (
          <Card>
            <EmptyState>{words[view.language].waitingNoneText}</EmptyState>
          </Card>
        ) : (
          <div className="stack">
            {asks.map((ask) => (
              <AskCard key={ask.id} ask={ask} view={view} />
            ))}
          </div>
        )}
      </div>
    </Frame>
  );
}
