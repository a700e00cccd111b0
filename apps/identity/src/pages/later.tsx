import { Button, Card, fill, Heading, Page, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { CancelForm } from './cancel-form.js';
import { frameOf, type View } from './page-context.js';
import { words } from './words/index.js';

type FormProps = Readonly<{ view: View; base: string; csrf: string; shown: string }>;

/** Puts the answer off, about the page it stands on. */
export function LaterForm({ view, base, csrf, shown }: FormProps): ReactElement {
  return (
    <form method="post" action={`${base}/later`} id="later-form">
      <input type="hidden" name="csrf" value={csrf} />
      <input type="hidden" name="shown" value={shown} />
      <Button name="do" value="later">
        {t(view.language).button.decideLater}
      </Button>
    </form>
  );
}

type Props = Readonly<{
  view: View;
  base: string;
  csrf: string;
  asker: string;
  /** Where the same ask is shown again. */
  href: string;
  /** Until when it can be answered. */
  answerBy: Date;
}>;

/** Said when she has put her answer off: until when she can come back to it, and how. */
export function LaterPage({ view, base, csrf, asker, href, answerBy }: Props): ReactElement {
  const { later, backTo } = words(view.language);
  const clock = { timeZone: 'Asia/Hong_Kong', hour: '2-digit', minute: '2-digit' } as const;
  const time = new Intl.DateTimeFormat(view.language, clock).format(answerBy);
  return (
    <Page {...frameOf(view, later.title)}>
      <div className="stack-l">
        <Heading title={later.title} lead={fill(later.text, { time })} />
        <Card>
          <div className="stack" id="later">
            <p>{fill(later.ends, { client: asker })}</p>
            <div>
              <Button href={href}>{t(view.language).button.lookAndDecide}</Button>
            </div>
          </div>
        </Card>
        <CancelForm base={base} csrf={csrf} label={fill(backTo, { client: asker })} />
      </div>
    </Page>
  );
}
