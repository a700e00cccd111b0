import { Button, Harbour, Heading, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { Frame } from './frame.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** The front door, for somebody who has not signed in. */
export function Welcome({ view }: Readonly<{ view: View }>): ReactElement {
  const own = words[view.language];
  const { button } = t(view.language);
  return (
    <Frame view={view} title={button.signIn}>
      <div className="stack-l">
        <Harbour title={own.welcome} text={own.welcomeText} tall />
        <p>
          <Button go href={`/sign-in?ui_locales=${view.language}`}>
            {button.signIn}
          </Button>
        </p>
      </div>
    </Frame>
  );
}

/** What could not be shown, what stands, and one way on. */
export function Trouble({
  view,
  what,
  reference,
}: Readonly<{ view: View; what: 'notFound' | 'unavailable' | 'gone' | 'formOld'; reference: string }>): ReactElement {
  const own = words[view.language];
  const { button, page } = t(view.language);
  const retry = what === 'gone' ? '/sign-in' : view.url;
  return (
    <Frame view={view} title={own[what]}>
      <div className="stack">
        <Heading title={own[what]} lead={own[`${what}Text`]} />
        <p>
          <Button href={what === 'notFound' ? '/' : retry}>
            {what === 'notFound' ? page.backHome : button.tryAgain}
          </Button>
        </p>
        <p className="small num">{reference}</p>
      </div>
    </Frame>
  );
}
