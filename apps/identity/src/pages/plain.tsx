import type { AcrScheme, Jurisdiction, Place } from '@bayway/domain';
import { Aside, Button, Card, fill, Heading, jurisdictionName, Page, Pair, placeName, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { CancelForm } from './cancel-form.js';
import { frameOf, type View } from './page-context.js';
import { words, type RefusedReason, type StoppedReason } from './words/index.js';

/** Said when a form or address arrives whose sign-in is over. */
export function EndedPage({ view }: Readonly<{ view: View }>): ReactElement {
  const { ended } = words(view.language);
  return (
    <Page {...frameOf(view, ended.title)}>
      <div className="stack-l">
        <Heading title={ended.title} lead={ended.text} />
        <Card>
          <Button href={view.home}>{t(view.language).page.backHome}</Button>
        </Card>
      </div>
    </Page>
  );
}

type BrokenProps = Readonly<{
  view: View;
  /** OAuth error code. */
  error: string;
  /** The request id, so that she can quote it. */
  reference: string;
}>;

/** Said when the provider cannot answer to the client: the request was not one it may answer. */
export function BrokenPage({ view, error, reference }: BrokenProps): ReactElement {
  const { broken } = words(view.language);
  const { unknown } = t(view.language).error;
  return (
    <Page {...frameOf(view, broken.title)}>
      <div className="stack-l">
        <Heading title={broken.title} lead={broken.text} />
        <Card>
          <div className="stack">
            <p>{fill(unknown, { id: reference })}</p>
            <p className="small">
              <code id="error">{error}</code>
            </p>
            <div>
              <Button href={view.home}>{t(view.language).page.backHome}</Button>
            </div>
          </div>
        </Card>
      </div>
    </Page>
  );
}

type RefusedProps = Readonly<{
  view: View;
  base: string;
  csrf: string;
  asker: string;
  reason: RefusedReason;
  here: Jurisdiction;
  there: Jurisdiction | null;
}>;

/** The identities do not belong together, or it cannot be shown that they do. */
export function LinkRefusedPage({ view, base, csrf, asker, reason, here, there }: RefusedProps): ReactElement {
  const own = words(view.language);
  const { error, button } = t(view.language);
  const names = {
    here: jurisdictionName(view.language, here),
    there: jurisdictionName(view.language, there ?? here),
  };
  return (
    <Page {...frameOf(view, error.linkFailed)}>
      <div className="stack-l">
        <Heading title={error.linkFailed} lead={fill(own.refused[reason], names)} />
        <Card>
          <Pair stack>
            <Button href={`${base}?again=1`}>{button.tryAgain}</Button>
            <CancelForm wide base={base} csrf={csrf} label={fill(own.backTo, { client: asker })} />
          </Pair>
        </Card>
      </div>
    </Page>
  );
}

type StoppedProps = Readonly<{
  view: View;
  base: string;
  csrf: string;
  asker: string;
  reason: StoppedReason;
  /** The level that is needed. */
  level: number;
  /** Where she was signed in. */
  city: Readonly<{ place: Place; scheme: AcrScheme }> | null;
}>;

/** She signed in, but not surely enough, not anew, or as another person: what it means, and what she can do. */
export function StoppedPage({ view, base, csrf, asker, reason, level, city }: StoppedProps): ReactElement {
  const { stopped, backTo } = words(view.language);
  const { title, text } = stopped[reason];
  const place = city ? placeName(view.language, city.place) : '';
  return (
    <Page {...frameOf(view, title)}>
      <div className="stack-l" id={`stopped-${reason}`}>
        <Heading title={title} lead={fill(text, { place, level })} />
        {reason === 'level' && city ? (
          <Card kind="quiet">
            <Aside title={stopped.how}>
              <p id="raise">{stopped.raise[city.scheme]}</p>
            </Aside>
          </Card>
        ) : null}
        <Card>
          <Pair stack>
            <Button href={`${base}?again=1`}>{stopped.other}</Button>
            <CancelForm wide base={base} csrf={csrf} label={fill(backTo, { client: asker })} />
          </Pair>
        </Card>
      </div>
    </Page>
  );
}

/** Signing out of this provider; `form` is the library's, with its own token. */
export function SignOutPage({ view, form }: Readonly<{ view: View; form: string }>): ReactElement {
  const { signOut } = words(view.language);
  return (
    <Page {...frameOf(view, signOut.title)}>
      <div className="stack-l">
        <Heading title={signOut.title} lead={signOut.text} />
        <Card>
          <div dangerouslySetInnerHTML={{ __html: form }} />
          <Pair stack>
            <Button form="op.logoutForm" name="logout" value="yes">
              {t(view.language).button.signOut}
            </Button>
            <Button form="op.logoutForm">{signOut.stay}</Button>
          </Pair>
        </Card>
      </div>
    </Page>
  );
}

export function SignedOutPage({ view }: Readonly<{ view: View }>): ReactElement {
  const { signedOut } = words(view.language);
  return (
    <Page {...frameOf(view, signedOut.title)}>
      <div className="stack-l">
        <Heading title={signedOut.title} lead={signedOut.text} />
        <Card>
          <Button href={view.home}>{t(view.language).page.backHome}</Button>
        </Card>
      </div>
    </Page>
  );
}
