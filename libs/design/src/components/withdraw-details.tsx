import type { ReactElement, ReactNode } from 'react';
import { t } from '../text/messages.js';
import { Button, Pair } from './button.js';
import type { Locale } from '../text/locale.js';

export type WithdrawDetailsProps = Readonly<{
  language: Locale;
  /** Where the confirmation is posted. */
  action: string;
  /** Where "keep allowing" leads. */
  keepHref: string;
  /** What will happen, one sentence each: no new transfer, earlier copies named, no detriment. */
  effects: readonly string[];
  /** Hidden fields of the form, such as the token against forged requests. */
  hidden?: Readonly<Record<string, string>>;
  /** Offers to ask for deletion as well; unticked. */
  deletion?: Readonly<{ name: string; label: string }>;
  /** Opened at once: she came by a "Withdraw" elsewhere, which was the first click. */
  open?: boolean;
  children?: ReactNode;
}>;

/** Withdrawing takes two clicks: the first opens what will happen, the second confirms. No third step, no reason asked. */
export function WithdrawDetails(props: WithdrawDetailsProps): ReactElement {
  const { language, action, keepHref, effects, hidden = {}, deletion, open = false, children } = props;
  const { button, withdraw } = t(language);
  return (
    <details className="withdraw" id="withdraw" open={open}>
      <summary className="btn btn--wide">{withdraw.open}</summary>
      <form className="card stack" method="post" action={action}>
        <h2>{withdraw.title}</h2>
        <ul className="plain">
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
        {children}
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {deletion === undefined ? null : (
          <label className="opt">
            <input type="checkbox" name={deletion.name} value="yes" />
            <span className="what">{deletion.label}</span>
          </label>
        )}
        <Pair stack>
          <Button>{button.confirmWithdraw}</Button>
          <Button href={keepHref}>{button.keep}</Button>
        </Pair>
      </form>
    </details>
  );
}
