import { Card, Heading, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { Frame, type SignedIn } from './frame.js';
import type { View } from './view.js';
import { words } from './words/index.js';

/** Help, privacy and accessibility, for everybody, signed in or not. */
export function Help({ view, signedIn }: Readonly<{ view: View; signedIn: SignedIn | null }>): ReactElement {
  const own = words[view.language];
  const { page } = t(view.language);
  const parts = {
    help: { title: page.help, lines: [own.helpAsk, own.helpWithdraw, own.helpPerson] },
    wrong: { title: own.wrongTitle, lines: [own.wrongText, own.wrongHow] },
    privacy: { title: page.privacy, lines: [own.privacyOne, own.privacyTwo, own.privacyThree] },
    accessibility: { title: page.accessibility, lines: [own.accessOne, own.accessTwo] },
  };
  return (
    <Frame view={view} title={own.helpTitle} {...(signedIn ? { signedIn } : {})}>
      <div className="stack-l">
        <Heading title={own.helpTitle} />
        {Object.entries(parts).map(([id, { title, lines }]) => (
          <Card key={id} id={id} title={title}>
            <div className="stack-s">
              {lines.map((line) => (
                <p key={line}>{line}</p>
              ))}
            </div>
          </Card>
        ))}
      </div>
    </Frame>
  );
}
