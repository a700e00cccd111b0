import type { AssuranceStep, Jurisdiction, Language, Place } from '@bayway/domain';
import {
  Button,
  Card,
  Facts,
  fill,
  formatDate,
  formatWhen,
  Heading,
  identityName,
  jurisdictionName,
  Notice,
  Page,
  Pair,
  Part,
  placeName,
  Tag,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { frameOf, type View } from './page-context.js';
import { accountWords, type AccountWords } from './words/account.js';

/** A sign-in as its page shows it. `place` of a city, or the peer she came through. */
export type ShownSignIn = Readonly<{
  id: string;
  at: Date;
  browser: string | null;
  system: string | null;
  level: number;
  steps: readonly AssuranceStep[];
  place: Place | null;
  newDevice: boolean;
  ended: boolean;
}>;

export type AccountProps = Readonly<{
  view: View;
  csrf: string;
  now: Date;
  live: readonly Readonly<{ uid: string; here: boolean; signIn: ShownSignIn }>[];
  history: readonly ShownSignIn[];
  cities: readonly Readonly<{ place: Place; lastUsed: Date }>[];
  links: readonly Readonly<{ id: string; peer: Jurisdiction; level: number; boundAt: Date }>[];
  /** What has just been done. */
  done: 'ended' | 'unbound' | null;
}>;

const deviceText = (own: AccountWords, { browser, system }: ShownSignIn): string =>
  browser || system
    ? fill(own.device, { browser: browser ?? own.unknown, system: system ?? own.unknown })
    : own.unknown;

/** What a sign-in rests on: the city's identity, or the place it came through and the link. */
function wayText(language: Language, own: AccountWords, { steps, place }: ShownSignIn): string {
  const parts = steps.map((step) => {
    if (step.by === 'city')
      return place ? `${placeName(language, place)} · ${identityName(language, place) ?? ''}` : '';
    return fill(step.by === 'peer' ? own.through : own.link, { place: jurisdictionName(language, step.jurisdiction) });
  });
  return parts.filter(Boolean).join(', ');
}

function NewDevices({ view, history, live, now }: AccountProps): ReactElement | null {
  const own = accountWords(view.language);
  // Of the browser she reads this on she knows.
  const thisOne = live.find(({ here }) => here)?.signIn.id;
  const found = history.find(({ id, newDevice, ended }) => newDevice && !ended && id !== thisOne);
  if (!found) return null;
  const named = { device: deviceText(own, found), when: formatWhen(view.language, found.at, now) };
  return (
    <div id="new-device">
      <Notice>{fill(own.newDevice, named)}</Notice>
    </div>
  );
}

function Live({ view, csrf, live, now }: AccountProps): ReactElement {
  const { language } = view;
  const own = accountWords(language);
  return (
    <Part id="live" title={own.live}>
      <div className="stack">
        {live.map(({ uid, here, signIn }) => (
          <Card key={uid}>
            <div className="stack">
              <h3>
                {deviceText(own, signIn)} {here ? <Tag kind="ok">{own.here}</Tag> : null}{' '}
                {signIn.newDevice ? <Tag kind="wait">{own.fresh}</Tag> : null}
              </h3>
              <Facts
                language={language}
                facts={[
                  { label: own.when, value: formatWhen(language, signIn.at, now) },
                  { label: own.with, value: wayText(language, own, signIn) },
                  { label: own.level, value: String(signIn.level) },
                ]}
              />
              <form method="post" action={`/account/sessions/${signIn.id}/end`} className="end-session">
                <input type="hidden" name="csrf" value={csrf} />
                <Button small>{own.end}</Button>
              </form>
            </div>
          </Card>
        ))}
        {live.length < 2 ? null : (
          <form method="post" action="/account/sessions/others/end" id="end-others">
            <input type="hidden" name="csrf" value={csrf} />
            <Button>{own.endOthers}</Button>
          </form>
        )}
      </div>
    </Part>
  );
}

function History({ view, history, now }: AccountProps): ReactElement {
  const { language } = view;
  const own = accountWords(language);
  return (
    <Part id="history" title={own.history}>
      <ol className="plain stack">
        {history.map((signIn) => (
          <li key={signIn.id}>
            <b>{formatWhen(language, signIn.at, now)}</b> {wayText(language, own, signIn)}
            <small>
              {' '}
              {deviceText(own, signIn)}
              {signIn.ended ? ` · ${own.over}` : ''}
            </small>
          </li>
        ))}
      </ol>
      <p className="small">{own.historyNote}</p>
    </Part>
  );
}

function Linked({ view, csrf, links, cities, now }: AccountProps): ReactElement {
  const { language } = view;
  const own = accountWords(language);
  return (
    <>
      <Part id="cities" title={own.cities}>
        <ul className="plain">
          {cities.map(({ place, lastUsed }) => (
            <li key={place}>
              <b>{placeName(language, place)}</b> {identityName(language, place)}
              <small> {fill(own.city, { when: formatWhen(language, lastUsed, now) })}</small>
            </li>
          ))}
        </ul>
      </Part>
      <Part id="links" title={own.identities}>
        {links.length === 0 ? <p>{own.none}</p> : null}
        {links.map(({ id, peer, level, boundAt }) => {
          const place = jurisdictionName(language, peer);
          return (
            <Card key={id}>
              <p>{fill(own.bound, { place, level, when: formatDate(language, boundAt) })}</p>
              <details className="withdraw">
                <summary className="btn btn--wide">{own.unbind}</summary>
                <form className="card stack" method="post" action={`/account/links/${id}/unbind`} id={`unbind-${peer}`}>
                  <h3>{fill(own.unbindTitle, { place })}</h3>
                  <p>{own.unbindText}</p>
                  <input type="hidden" name="csrf" value={csrf} />
                  <Pair stack>
                    <Button>{own.unbindYes}</Button>
                    <Button href="/account">{own.keep}</Button>
                  </Pair>
                </form>
              </details>
            </Card>
          );
        })}
      </Part>
    </>
  );
}

/** Her sign-ins: where she is signed in and how to end it, where she was lately, and which identities belong together. */
export function AccountPage(props: AccountProps): ReactElement {
  const { view, live, done } = props;
  const own = accountWords(view.language);
  const lead = live.length > 1 ? fill(own.lead.many, { n: live.length }) : own.lead.one;
  return (
    <Page {...frameOf(view, own.title)}>
      <div className="stack-l">
        <Heading title={own.title} lead={lead} />
        {done ? <Notice status>{own[done]}</Notice> : null}
        <NewDevices {...props} />
        <Live {...props} />
        <Linked {...props} />
        <History {...props} />
      </div>
    </Page>
  );
}

/** Nobody is signed in here. */
export function SignInFirstPage({ view }: Readonly<{ view: View }>): ReactElement {
  const { out } = accountWords(view.language);
  return (
    <Page {...frameOf(view, out.title)}>
      <div className="stack-l">
        <Heading title={out.title} lead={out.text} />
        <Card>
          <Button href={view.home}>{out.way}</Button>
        </Card>
      </div>
    </Page>
  );
}
