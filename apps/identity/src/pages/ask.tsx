import type { ActKind, Answer } from '@bayway/domain';
import { actAnswerId, ErrorSummary, fill, Notice, Page, t, type Mistake } from '@bayway/design';
import type { ReactElement, ReactNode } from 'react';
import { CancelForm } from './cancel-form.js';
import { LaterForm } from './later.js';
import { frameOf, htmlOf, type View } from './page-context.js';
import { words } from './words/index.js';

export type AskPageProps = Readonly<{
  view: View;
  base: string;
  csrf: string;
  title: string;
  /** What consent composed; goes into the page as it is. */
  fragment: string;
  /** What was shown, sealed, so that the answer says what it answers. */
  shown: string;
  acts: readonly ActKind[];
  /** Answers given before, when one was missing. */
  kept?: Readonly<Partial<Record<ActKind, Answer>>>;
}>;

const fieldOf = (act: ActKind): string => `act.${act}`;

/** What is missing, and what she has answered already: kept beside the fragment, whose bytes do not change. */
function Missing({ view, acts, kept }: Required<Pick<AskPageProps, 'view' | 'acts' | 'kept'>>): ReactElement {
  const { act, acts: titles, error } = t(view.language);
  const mistakes: Mistake[] = acts.flatMap((kind, index) =>
    kept[kind] ? [] : [{ text: fill(error.answerNeeded, { n: index + 1 }), controlId: actAnswerId(fieldOf(kind)) }],
  );
  const answered = acts.filter((kind) => kept[kind]);
  return (
    <>
      <ErrorSummary language={view.language} mistakes={mistakes} />
      {answered.length === 0 ? null : (
        <Notice>
          <h2>{words(view.language).kept.title}</h2>
          <ul id="kept">
            {answered.map((kind) => (
              <li key={kind}>
                {titles[kind].title}: {kept[kind] === 'agree' ? act.agree : act.disagree}
                <input type="hidden" name={`kept.${kind}`} value={kept[kind]} />
              </li>
            ))}
          </ul>
          <p className="small">{words(view.language).kept.note}</p>
        </Notice>
      )}
    </>
  );
}

function Frame(props: AskPageProps & { children: ReactNode }): ReactElement {
  const { view, base, csrf, shown, acts, kept, title, children } = props;
  return (
    <Page {...frameOf(view, title)}>
      <div className="stack-l">
        <form method="post" action={`${base}/answers`} id="ask" noValidate={kept !== undefined}>
          <input type="hidden" name="csrf" value={csrf} />
          <input type="hidden" name="shown" value={shown} />
          {kept ? <Missing view={view} acts={acts} kept={kept} /> : null}
          {children}
        </form>
        <LaterForm view={view} base={base} csrf={csrf} shown={shown} />
        <CancelForm base={base} csrf={csrf} label={words(view.language).cancel} />
      </div>
    </Page>
  );
}

const PLACE = '\u2063fragment\u2063';

/** The page around the fragment, and the bytes of the fragment as they stand in it. */
export function askPage(props: AskPageProps): Readonly<{ html: string; placed: string }> {
  const [head = '', tail = ''] = htmlOf(<Frame {...props}>{PLACE}</Frame>).split(PLACE);
  const html = `${head}${props.fragment}${tail}`;
  return { html, placed: html.slice(head.length, html.length - tail.length) };
}

type NotAskedProps = Readonly<{
  view: View;
  base: string;
  csrf: string;
  title: string;
  fragment: string;
  asker: string;
}>;

/** Prototype e: why she is not asked. The words are consent's. */
export function NotAskedPage({ view, base, csrf, title, fragment, asker }: NotAskedProps): ReactElement {
  return (
    <Page {...frameOf(view, title)}>
      <div className="stack-l">
        <div id="refusal" dangerouslySetInnerHTML={{ __html: fragment }} />
        <CancelForm base={base} csrf={csrf} label={fill(words(view.language).backTo, { client: asker })} />
      </div>
    </Page>
  );
}
