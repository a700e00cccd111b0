import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import {
  ConsentCard,
  countWord,
  EmptyState,
  fill,
  formatTime,
  Harbour,
  jurisdictionName,
  Part,
  startSentence,
  t,
  Tag,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { Frame, type View } from './frame.js';
import type { ConsentSummary } from './summary.js';
import { words } from './words.js';

type HomeProps = Readonly<{
  view: View;
  here: Jurisdiction;
  consoles: Readonly<Record<Jurisdiction, string>>;
  session: Readonly<{ name: string; csrf: string }>;
  consents: readonly ConsentSummary[];
}>;

function Headline({
  view,
  here,
  name,
  consents,
}: Readonly<{ view: View; here: Jurisdiction; name: string; consents: readonly ConsentSummary[] }>): ReactElement {
  const { language } = view;
  const { home } = t(language);
  const open = consents.filter((consent) => consent.open);
  const recipients = new Set(open.map((consent) => consent.recipient.name)).size;
  const count =
    recipients === 1 ? home.countOne : fill(home.countMany, { n: countWord(language, recipients).toLowerCase() });
  const none = fill(words[language].noneHere, { place: jurisdictionName(language, here) });
  const title = recipients === 0 ? none : fill(recipients === 1 ? home.one : home.many, { name, count });
  const last = consents.find((consent) => consent.lastUse !== null);
  const use = last?.lastUse ? fill(words[language].last, { time: last.lastUse }) : home.noUse;
  return <Harbour title={title} text={use} />;
}

/** One consent of this place, as a card. */
export function Card({ view, consent }: Readonly<{ view: View; consent: ConsentSummary }>): ReactElement {
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
  const { home, state, status } = t(language);
  const own = words[language];
  const name = jurisdictionName(language, place);
  const there = `${console}/?ui_locales=${language}`;
  return (
    <section className="card stack" data-console={console} id={`place-${place}`}>
      <h3>{startSentence(name)}</h3>
      <div data-state="loaded" hidden>
        <Tag kind="ok">{home.loaded}</Tag>
        <div className="grid3" data-cards />
      </div>
      <div data-state="reading" hidden>
        <p>{fill(state.reading, { place: name })}</p>
      </div>
      <div data-state="missing" hidden>
        <Tag kind="ring">{status.notReached}</Tag>
        <p>{fill(home.missing, { time: formatTime(view.now), place: name })}</p>
      </div>
      <div data-state="signed-out">
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

/** Home: who may use her data now, what happened last, and what the other places keep. */
export function Home({ view, here, consoles, session, consents }: HomeProps): ReactElement {
  const { language } = view;
  const { home, page } = t(language);
  const open = consents.filter((consent) => consent.open);
  const ended = consents.filter((consent) => !consent.open);
  const others = JURISDICTIONS.filter((place) => place !== here);
  return (
    <Frame view={view} title={page.home} signedIn={session}>
      <div className="stack-l">
        <Headline view={view} here={here} name={session.name} consents={consents} />
        <Part id="allowed" title={home.allowedNow}>
          {open.length === 0 ? (
            <EmptyState>{fill(words[language].noneHere, { place: jurisdictionName(language, here) })}</EmptyState>
          ) : (
            <div className="grid3">
              {open.map((consent) => (
                <Card key={consent.id} view={view} consent={consent} />
              ))}
            </div>
          )}
        </Part>
        {ended.length === 0 ? null : (
          <Part id="ended" title={words[language].ended}>
            <div className="grid3">
              {ended.map((consent) => (
                <Card key={consent.id} view={view} consent={consent} />
              ))}
            </div>
          </Part>
        )}
        <Part id="elsewhere" title={home.kept}>
          <div className="stack">
            {others.map((place) => (
              <Elsewhere key={place} view={view} place={place} console={consoles[place]} />
            ))}
          </div>
          <p className="small">{home.keptNote}</p>
        </Part>
      </div>
      <template id="consent-card">
        <Card view={view} consent={BLANK} />
      </template>
    </Frame>
  );
}
