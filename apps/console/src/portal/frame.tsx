import { fill, Page, t } from '@bayway/design';
import type { ReactElement, ReactNode } from 'react';
import { SESSION_IDLE_MS } from '../config.js';
import { portalScriptPath } from './script.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** The sections of the portal; one page stands outside them all. */
export type SectionName = 'home' | 'waiting' | 'allowed' | 'whoUsed' | 'inbox';
const PATHS: Readonly<Record<SectionName, string>> = {
  home: '/',
  waiting: '/waiting',
  allowed: '/consents',
  whoUsed: '/uses',
  inbox: '/inbox',
};

/** What the frame knows of who is signed in. A count is null where it could not be read: nothing is said then. */
export type SignedIn = Readonly<{ csrf: string; name: string; counts: Counts | null; account: string }>;
export type Counts = Readonly<{ waiting: number; unread: number }>;

const sectionsOf = ({ language }: View, { counts }: SignedIn, current: SectionName | undefined) =>
  (Object.keys(PATHS) as SectionName[]).map((name) => ({
    label: name === 'whoUsed' ? words[language].usesTitle : t(language).page[name],
    href: PATHS[name],
    current: name === current,
    count: { waiting: counts?.waiting ?? 0, inbox: counts?.unread ?? 0 }[name as 'waiting' | 'inbox'] ?? 0,
  }));

/** Warns two minutes before an idle session ends. Without script the next click leads to the sign-in. */
function IdleWarning({ view }: Readonly<{ view: View }>): ReactElement {
  const own = words[view.language];
  return (
    <dialog id="idle" data-idle-ms={SESSION_IDLE_MS} aria-labelledby="idle-title">
      <form method="dialog" className="stack">
        <h2 id="idle-title">{own.idleTitle}</h2>
        <p>{own.idleText}</p>
        <button className="btn" type="submit">
          {own.idleStay}
        </button>
      </form>
    </dialog>
  );
}

function SignOut({ view, signedIn }: Readonly<{ view: View; signedIn: SignedIn }>): ReactElement {
  const { ask, button } = t(view.language);
  return (
    <form method="post" action="/sign-out" className="leave row row--start">
      <input type="hidden" name="csrf" value={signedIn.csrf} />
      <span className="small">{fill(ask.signedInAs, { name: signedIn.name })}</span>
      <a href={`${signedIn.account}?ui_locales=${view.language}`} id="account">
        {words[view.language].account}
      </a>
      <button type="submit" className="btn btn--s" id="sign-out">
        {button.signOut}
      </button>
    </form>
  );
}

export type FrameProps = Readonly<{
  view: View;
  title: string;
  signedIn?: SignedIn;
  current?: SectionName;
  children: ReactNode;
}>;

/** The portal's frame. The script only adds to it; every page is complete without. */
export function Frame({ view, title, signedIn, current, children }: FrameProps): ReactElement {
  const { language, textSize, url } = view;
  const foot = { privacy: '/help#privacy', accessibility: '/help#accessibility', help: '/help' };
  return (
    <Page
      language={language}
      textSize={textSize}
      url={url}
      title={title}
      home="/"
      foot={signedIn ? { ...foot, whoUsed: '/uses', wrong: '/help#wrong' } : foot}
      {...(signedIn ? { sections: sectionsOf(view, signedIn, current) } : {})}
    >
      {children}
      {signedIn ? <SignOut view={view} signedIn={signedIn} /> : null}
      {signedIn ? <IdleWarning view={view} /> : null}
      <script src={portalScriptPath} defer />
    </Page>
  );
}

/** Against forged forms. */
export const Csrf = ({ of: { csrf } }: Readonly<{ of: SignedIn }>): ReactElement => (
  <input type="hidden" name="csrf" value={csrf} />
);
