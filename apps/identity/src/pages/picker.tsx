import type { Jurisdiction, Place } from '@bayway/domain';
import {
  Aside,
  Card,
  CityPicker,
  Columns,
  fill,
  Harbour,
  jurisdictionName,
  More,
  Notice,
  Page,
  Part,
  t,
  type CityChoice,
} from '@bayway/design';
import type { ReactElement } from 'react';
import { frameOf, type View } from './page-context.js';
import { CancelForm } from './cancel-form.js';
import { words } from './words/index.js';

/** Why a sign-in was in vain: no answer, one that does not verify, or a peer that this jurisdiction has cut off. */
export const SIGN_IN_FAILURES = ['unreachable', 'untrusted', 'cut'] as const;
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number];

export type PickerProps = Readonly<{
  view: View;
  /** Path of the interaction. */
  base: string;
  csrf: string;
  /** Who asks, in the reader's language. */
  asker: string;
  cities: readonly CityChoice[];
  peers: readonly Jurisdiction[];
  lastUsed?: Place;
  level: number;
  /** A sign-in that was tried in vain. */
  failed?: Readonly<{ place: string; why: SignInFailure }>;
  /** Whose provider this is. */
  here: Jurisdiction;
  /** She comes from there and has no link yet. */
  bind?: Readonly<{ here: Jurisdiction; there: Jurisdiction }>;
  /** She is signed in, at a lower level than needed. */
  again?: boolean;
}>;

function Opening({ view, asker, bind, again, level }: PickerProps): ReactElement {
  const { signIn } = t(view.language);
  const own = words(view.language);
  const before = fill(signIn.asks, { client: asker });
  if (bind) {
    const names = {
      here: jurisdictionName(view.language, bind.here),
      there: jurisdictionName(view.language, bind.there),
    };
    return <Harbour tall before={before} title={fill(own.bind.heading, names)} text={fill(own.bind.lead, names)} />;
  }
  const text = again ? fill(own.again, { level }) : fill(signIn.lead, { client: asker });
  return <Harbour tall before={before} title={signIn.heading} text={text} />;
}

function Peers({ view, base, peers }: PickerProps): ReactElement | null {
  const { through } = words(view.language);
  if (peers.length === 0) return null;
  return (
    <Part id="peers" title={through.title}>
      <ul className="shore">
        {peers.map((peer) => (
          <li key={peer}>
            <a id={`to-${peer}`} href={`${base}/to/${peer}`}>
              <b>{fill(through.choice, { place: jurisdictionName(view.language, peer) })}</b>
            </a>
          </li>
        ))}
      </ul>
      <p className="small">{through.note}</p>
    </Part>
  );
}

function WhatNext({ view, asker, bind, level, here }: PickerProps): ReactElement {
  const { signIn } = t(view.language);
  const own = words(view.language);
  const steps = bind
    ? [own.bind.nextCity, own.bind.nextLink, signIn.nextDecide]
    : [signIn.nextCity, signIn.nextDecide, fill(signIn.nextReturn, { client: asker })];
  return (
    <Card kind="quiet">
      <div className="stack">
        <Aside title={signIn.next}>
          <ol>
            {steps.map((step) => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Aside>
        {level > 1 ? (
          <Aside title={signIn.level}>
            <p>{fill(signIn.levelText, { level })}</p>
          </Aside>
        ) : null}
        {bind ? null : (
          <Aside title={signIn.twoPlaces}>
            <p>{fill(signIn.twoPlacesText, { client: asker })}</p>
          </Aside>
        )}
        <More summary={own.learn.title}>
          <p id="learn">{fill(own.learn.text, { client: asker, here: jurisdictionName(view.language, here) })}</p>
        </More>
        <More summary={own.noneOfThese.title}>
          <p id="none-of-these">{own.noneOfThese.text}</p>
        </More>
      </div>
    </Card>
  );
}

/** Prototype a: choose the city to sign in with. Every choice is a link; the page works without script. */
export function PickerPage(props: PickerProps): ReactElement {
  const { view, cities, lastUsed, failed, base, csrf } = props;
  const own = words(view.language);
  return (
    <Page {...frameOf(view, t(view.language).signIn.title)}>
      <Columns aside={<WhatNext {...props} />}>
        <Opening {...props} />
        {failed ? <Notice status>{fill(own[failed.why], { place: failed.place })}</Notice> : null}
        <CityPicker language={view.language} choices={cities} {...(lastUsed ? { lastUsed } : {})} />
        <Peers {...props} />
        <CancelForm base={base} csrf={csrf} label={own.cancel} />
      </Columns>
    </Page>
  );
}
