import type { ObjectionView } from '@bayway/contracts';
import { Button, Card, fill, formatDateTime, formatWhen } from '@bayway/design';
import type { ReactElement } from 'react';
import { Csrf } from './frame.js';
import type { OfHers } from './detail-parts.js';
import { inLanguage, usesOf } from './summary.js';
import { words } from './words/index.js';

function Kept({ view, objection }: Pick<OfHers, 'view'> & Readonly<{ objection: ObjectionView }>): ReactElement {
  const { language } = view;
  const own = words[language];
  return (
    <div className="note" data-objection={objection.about}>
      <p>
        <b>{objection.about === 'wrong' ? own.wrongWrong : own.wrongNotMine}</b>
      </p>
      <p>{fill(own.wrongKept, { date: formatDateTime(language, objection.at) })}</p>
      <ul className="plain">
        {objection.authorities.map(({ name, url }) => (
          <li key={url}>
            <a href={url} rel="noreferrer">
              {inLanguage(name, language)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "This is wrong": about the whole or one use; kept with evidence, and whom she can turn to. No words of her own. */
export function Wrong({
  view,
  consent,
  signedIn,
  objections,
}: OfHers & Readonly<{ objections: readonly ObjectionView[] }>): ReactElement {
  const own = words[view.language];
  const uses = usesOf(consent);
  return (
    <Card kind="quiet" title={own.wrongTitle} id="wrong">
      <div className="stack">
        {objections.map((objection) => (
          <Kept key={objection.id} view={view} objection={objection} />
        ))}
        <p>{own.wrongText}</p>
        <form method="post" action={`/consents/${consent.id}/objections`} className="stack">
          <Csrf of={signedIn} />
          {uses.length === 0 ? null : (
            <div className="field">
              <label htmlFor="wrong-use">{own.wrongAbout}</label>
              <select id="wrong-use" name="use" defaultValue="">
                <option value="">{own.wrongWhole}</option>
                {uses.map((use, index) => (
                  <option key={use.dataRequestId} value={use.dataRequestId}>
                    {fill(own.wrongUse, { n: uses.length - index, time: formatWhen(view.language, use.at, view.now) })}
                  </option>
                ))}
              </select>
            </div>
          )}
          <div className="row row--start">
            <Button small name="about" value="wrong">
              {own.wrongWrong}
            </Button>
            <Button small name="about" value="not-mine">
              {own.wrongNotMine}
            </Button>
          </div>
        </form>
      </div>
    </Card>
  );
}
