import type { Language } from '@bayway/domain';
import { Page, t, type TextSize } from '@bayway/design';
import type { ReactElement, ReactNode } from 'react';
import { portalScriptPath } from './script.js';

/** What every page of the portal knows of its request. */
export type View = Readonly<{ language: Language; textSize: TextSize; url: string; base: string; now: Date }>;

/** The portal's frame. The script only adds what other places keep; every page is complete without it. */
export function Frame({
  view,
  title,
  signedIn,
  children,
}: Readonly<{ view: View; title: string; signedIn?: { csrf: string }; children: ReactNode }>): ReactElement {
  const { language, textSize, url } = view;
  const words = t(language);
  const home = `/?ui_locales=${language}`;
  return (
    <Page
      language={language}
      textSize={textSize}
      url={url}
      title={title}
      home={home}
      {...(signedIn
        ? { sections: [{ label: words.page.home, href: home, current: url.startsWith('/?') || url === '/' }] }
        : {})}
    >
      {children}
      {signedIn ? (
        <form method="post" action="/sign-out" className="sect">
          <input type="hidden" name="csrf" value={signedIn.csrf} />
          <button type="submit" className="btn btn--s" id="sign-out">
            {words.button.signOut}
          </button>
        </form>
      ) : null}
      <script src={portalScriptPath} defer />
    </Page>
  );
}
