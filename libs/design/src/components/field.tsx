import type { ReactElement } from 'react';
import { t } from '../text/messages.js';
import type { Locale } from '../text/locale.js';

export type FieldProps = Readonly<{
  language: Locale;
  /** Name of the form field; also its id. */
  name: string;
  label: string;
  hint?: string;
  /** Names the thing and the cure. Validation follows a submit, never typing. */
  error?: string;
  /** What she typed before. */
  kept?: string;
  type?: 'text' | 'email' | 'tel' | 'search' | 'date' | 'password';
  autoComplete?: string;
  inputMode?: 'numeric' | 'text' | 'email' | 'tel';
  required?: boolean;
  maxLength?: number;
}>;

/** One question and its box: label above, hint below the label, the error between label and box. */
export function Field(props: FieldProps): ReactElement {
  const { language, name, label, hint, error, kept, type = 'text', ...attributes } = props;
  const hintId = hint === undefined ? undefined : `${name}-hint`;
  const errorId = error === undefined ? undefined : `${name}-error`;
  return (
    <div className={error === undefined ? 'field' : 'field field--wrong'}>
      <label htmlFor={name}>{label}</label>
      {hint === undefined ? null : (
        <p className="hint" id={hintId}>
          {hint}
        </p>
      )}
      {error === undefined ? null : (
        <p className="error" id={errorId}>
          <span className="vh">{t(language).error.label} </span>
          {error}
        </p>
      )}
      <input
        id={name}
        name={name}
        type={type}
        defaultValue={kept}
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={[hintId, errorId].filter(Boolean).join(' ') || undefined}
        {...attributes}
      />
    </div>
  );
}

/** One mistake and the id of the control where it is cured. */
export type Mistake = Readonly<{ text: string; controlId: string }>;

export type ErrorSummaryProps = Readonly<{
  language: Locale;
  mistakes: readonly Mistake[];
  /** What did not happen; by default "Your answers were not sent". */
  title?: string;
}>;

/** Stands on top of a page that comes back: what did not happen, and a link to each mistake. Takes the focus. */
export function ErrorSummary({ language, mistakes, title }: ErrorSummaryProps): ReactElement {
  const { error } = t(language);
  return (
    <div className="errors" role="alert" tabIndex={-1} autoFocus aria-labelledby="errors-title">
      <h2 id="errors-title">{title ?? error.summary}</h2>
      <p>{error.nothingSent}</p>
      <ul>
        {mistakes.map(({ text, controlId }) => (
          <li key={controlId}>
            <a href={`#${controlId}`}>{text}</a>
          </li>
        ))}
      </ul>
    </div>
  );
}
