import type { WaitingAsk } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import {
  Card,
  ConsentCard,
  countWord,
  EmptyState,
  fill,
  formatTime,
  Happenings,
  Harbour,
  jurisdictionName,
  Part,
  startSentence,
  t,
  Tag,
  type Happening,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { AskCard } from './asks.js';
import { Frame, type SignedIn } from './frame.js';
import type { ConsentSummary } from './summary.js';
import type { View } from './view.js';
import { words } from './words/index.js';

type HomeProps = Readonly<{
  view: View;
  here: Jurisdiction;
  consoles: Readonly<Record<Jurisdiction, string>>;
  signedIn: SignedIn;
  consents: readonly ConsentSummary[];
  asks: readonly WaitingAsk[];
  happenings: readonly Happening[];
}>;

/** How much of what happened lately the home page tells; the rest has its own pages. */
const LATELY = 5;

function Headline({ view, here, signedIn, consents }: HomeProps): ReactElement {
  const { language } = view;
  const { home } = t(language);
  const open = consents.filter((consent) => consent.open);
  const recipients = new Set(open.map((consent) => consent.recipient.name)).size;
  const count =
    recipients === 1 ? home.countOne : fill(home.countMany, { n: countWord(language, recipients).toLowerCase() });
  const none = fill(words[language].noneHere, { place: jurisdictionName(language, here) });
  const named = fill(recipients === 1 ? home.one : home.many, { name: signedIn.name, count });
  const last = consents.find((consent) => consent.lastUse !== null);
  const use = last?.lastUse ? fill(words[language].last, { time: last.lastUse }) : home.noUse;
  return <Harbour title={recipients === 0 ? none : named} text={use} />;
}

/** One consent of this place, as a card. */
export function ConsentSummaryCard({ view, consent }: Readonly<{ view: View; consent: ConsentSummary }>): ReactElement {
  return (
    <ConsentCard
      language={view.language}
      tag={consent.tag}
      title={consent.title}
      href={consent.href}
      {...(consent.withdrawHref === null ? {} : { withdrawHref: consent.withdrawHref })}
      span={{
        state: consent.open ? 'on' : 'ended',
        holder: consent.holder,
        receiver: consent.recipient,
        label: consent.label,
      }}
      meta={consent.meta}
    />
  );
}

const BLANK: ConsentSummary = {
  id: '',
  title: '',
  href: '#look',
  withdrawHref: '#withdraw',
  open: true,
  tag: { kind: 'ok', words: ' ' },
  label: ' ',
  holder: { name: ' ', place: ' ' },
  recipient: { name: ' ', place: ' ' },
  meta: [' '],
  lastUse: null,
};

function Elsewhere({
  view,
  place,
  console,
}: Readonly<{ view: View; place: Jurisdiction; console: string }>): ReactElement {
  const { language } = view;
  const { button, home, state, status } = t(language);
  const own = words[language];
  const name = jurisdictionName(language, place);
  const there = `${console}/?ui_locales=${language}`;
  return (
    <section className="card stack" data-console={console} id={`place-${place}`}>
      <h3>{startSentence(name)}</h3>
      <div className="stack" data-state="loaded" hidden>
        <p>
          <Tag kind="ok">{home.loaded}</Tag>
        </p>
        <p data-none hidden>
          {fill(own.noneHere, { place: name })}
        </p>
        <div className="grid2" data-cards />
      </div>
      <div data-state="reading" hidden>
        <p>{fill(state.reading, { place: name })}</p>
      </div>
      <div className="stack" data-state="missing" hidden>
        <p>
          <Tag kind="ring">{status.notReached}</Tag>
        </p>
        <p>{fill(home.missing, { time: formatTime(view.now), place: name })}</p>
        <p>
          <a href="/">{button.tryAgain}</a>
        </p>
      </div>
      <div className="stack" data-state="signed-out">
        <p>{own.notSignedIn}</p>
        <a className="btn btn--s" href={`${console}/sign-in?ui_locales=${language}`}>
          {fill(own.signInThere, { place: name })}
        </a>
      </div>
      <noscript>
        <a href={there}>{fill(own.noScript, { place: name })}</a>
      </noscript>
    </section>
  );
}

function Lately({ view, happenings }: Pick<HomeProps, 'view' | 'happenings'>): ReactElement {
  const { home } = t(view.language);
  return (
    <Part id="lately" title={home.lately}>
      {happenings.length === 0 ? (
        <Card>
          <EmptyState>{words[view.language].happenedNone}</EmptyState>
        </Card>
      ) : (
        <Card kind="flush">
          <Happenings language={view.language} happenings={happenings.slice(0, LATELY)} now={view.now} />
        </Card>
      )}
    </Part>
  );
}

function Allowed({ view, here, consents }: HomeProps): ReactElement {
  const open = consents.filter((consent) => consent.open);
  return (
    <Part id="allowed" title={t(view.language).home.allowedNow}>
      {open.length === 0 ? (
        <Card>
          <EmptyState>
            {fill(words[view.language].noneHere, { place: jurisdictionName(view.language, here) })}
          </EmptyState>
        </Card>
      ) : (
        <div className="grid3">
          {open.map((consent) => (
            <ConsentSummaryCard key={consent.id} view={view} consent={consent} />
          ))}
        </div>
      )}
    </Part>
  );
}

/** Home: what waits for her, who may use her data now, what happened last, and what the other places keep. */
export function Home(props: HomeProps): ReactElement {
  const { view, here, consoles, signedIn, asks } = props;
  const { home, page } = t(view.language);
  const others = JURISDICTIONS.filter((place) => place !== here);
  return (
    <Frame view={view} title={page.home} signedIn={signedIn} current="home">
      <div className="stack-l">
        <Headline {...props} />
        {asks.length === 0 ? null : (
          <Part id="waiting" title={home.waiting}>
            <div className={asks.length === 1 ? 'stack' : 'grid2'}>
              {asks.map((ask) => (
                <AskCard key={ask.id} ask={ask} view={view} />
              ))}
            </div>
          </Part>
        )}
        <Allowed {...props} />
        <Lately view={view} happenings={props.happenings} />
        <Part id="elsewhere" title={home.kept}>
          <div className="grid2">
            {others.map((place) => (
              <Elsewhere key={place} view={view} place={place} console={consoles[place]} />
            ))}
          </div>
          <p className="small">{home.keptNote}</p>
        </Part>
      </div>
      <template id="consent-card">
        <ConsentSummaryCard view={view} consent={BLANK} />
      </template>
    </Frame>
  );
}
