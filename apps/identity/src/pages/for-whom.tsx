import { Card, fill, Heading, Page, t } from '@bayway/design';
import type { ReactElement } from 'react';
import { CancelForm } from './cancel-form.js';
import { frameOf, type View } from './page-context.js';
import { words } from './words/index.js';

type Props = Readonly<{
  view: View;
  base: string;
  csrf: string;
  asker: string;
  /** Herself first (`kind` null), then those she may act for. */
  choices: readonly Readonly<{ href: string; name: string; kind: 'guardian' | 'signatory' | null }>[];
}>;

/** Asks for whom she answers, where she may answer for others than herself. */
export function ForWhomPage({ view, base, csrf, asker, choices }: Props): ReactElement {
  const { forWhom, cancel } = words(view.language);
  const { role } = t(view.language);
  return (
    <Page {...frameOf(view, forWhom.title)}>
      <div className="stack-l">
        <Heading title={forWhom.title} lead={fill(forWhom.lead, { client: asker })} />
        <Card>
          <ul className="shore shore--names" id="for-whom">
            {choices.map(({ href, name, kind }) => (
              <li key={href}>
                <a href={href}>
                  <b>{name}</b> <span className="small">{kind ? role[kind] : forWhom.self}</span>
                </a>
              </li>
            ))}
          </ul>
        </Card>
        <CancelForm base={base} csrf={csrf} label={cancel} />
      </div>
    </Page>
  );
}
