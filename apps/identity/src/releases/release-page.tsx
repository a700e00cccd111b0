import { Button, Card, fill, Heading, Page } from '@bayway/design';
import type { ReactElement } from 'react';
import { CancelForm } from '../pages/cancel-form.js';
import { frameOf } from '../pages/page-context.js';
import { words } from '../pages/words/index.js';
import type { Waiting } from '../sign-in/request.service.js';
import type { Asked } from './releases.service.js';
import { words as releaseWords } from './words.js';

type Props = Readonly<Pick<Waiting, 'view' | 'base' | 'csrf' | 'asker'> & { asked: Asked }>;

/** What an app that registered itself would like to know, item by item; nothing is chosen beforehand. */
export function ReleasePage({ view, base, csrf, asker, asked }: Props): ReactElement {
  const own = releaseWords[view.language];
  const named = (text: string): string => fill(text, { client: asker });
  return (
    <Page {...frameOf(view, named(own.title))}>
      <div className="stack-l">
        <Heading title={named(own.title)} lead={own.lead} />
        <Card>
          <div className="stack">
            <form method="post" action={`${base}/release`} id="release-form" className="stack">
              <input type="hidden" name="csrf" value={csrf} />
              <h2>{named(own.sees)}</h2>
              <p>{own.pseudonym}</p>
              {asked.offline ? <p>{own.offline}</p> : null}
              {asked.name ? (
                <label className="choice">
                  <input type="checkbox" id="release-name" name="release.name" value="yes" />
                  <span>{own.name}</span>
                </label>
              ) : null}
              <p className="small">{own.note}</p>
              <Button name="do" value="release" wide>
                {own.go}
              </Button>
            </form>
            <CancelForm wide base={base} csrf={csrf} label={words(view.language).cancel} />
          </div>
        </Card>
      </div>
    </Page>
  );
}
