import type { Answer } from '@bayway/domain';
import type { ReactElement } from 'react';
import { fill, t } from '../text/messages.js';
import { Pair } from './button.js';
import type { Locale } from '../text/locale.js';

export type ActProps = Readonly<{
  language: Locale;
  /** Place in the row of acts, from 1. */
  no: number;
  /** Name of the form field; its values are `agree` and `refuse`. */
  name: string;
  title: string;
  /** One sentence with a subject, a verb and a recipient. */
  says: string;
  /** The article that asks for this act. */
  law?: string;
  /** What she answered before a mistake elsewhere was found. Absent on a first visit: nothing is chosen beforehand. */
  kept?: Answer;
  /** Her answer to this act was missing. */
  missing?: boolean;
}>;

type ChoiceProps = Readonly<{ name: string; id: string; value: Answer; kept?: Answer; label: string; error?: string }>;

function Choice({ name, id, value, kept, label, error }: ChoiceProps): ReactElement {
  return (
    <label className="choice">
      <input
        type="radio"
        id={id}
        name={name}
        value={value}
        required
        defaultChecked={kept === value}
        aria-describedby={error}
      />
      <span>{label}</span>
    </label>
  );
}

/** The id of the first answer of an act, for the error summary to link to. */
export const actAnswerId = (name: string): string => `${name}-agree`;

/** One separate consent: number, title, one sentence, the article, and both answers in one look. */
export function Act({ language, no, name, title, says, law, kept, missing = false }: ActProps): ReactElement {
  const { act, error } = t(language);
  const errorId = missing ? `${name}-error` : undefined;
  const choice = { name, kept, error: errorId };
  return (
    <fieldset className={missing ? 'act act--wrong' : 'act'}>
      <legend>
        <span className="act__no" aria-hidden="true">
          {no}
        </span>
        <span>{title}</span>
      </legend>
      <p className="act__say">{says}</p>
      {law ? <p className="act__law">{law}</p> : null}
      {missing ? (
        <p className="error" id={errorId}>
          <span className="vh">{error.label} </span>
          {fill(error.answerNeeded, { n: no })}
        </p>
      ) : null}
      <Pair>
        <Choice {...choice} id={actAnswerId(name)} value="agree" label={act.agree} />
        <Choice {...choice} id={`${name}-refuse`} value="refuse" label={act.disagree} />
      </Pair>
    </fieldset>
  );
}
