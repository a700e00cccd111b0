import type { ReactElement, ReactNode } from 'react';

type Look = Readonly<{
  children: ReactNode;
  /** Filled. Only to move on where nothing is decided, at most one on a page, none on a consent page. */
  go?: boolean;
  small?: boolean;
  wide?: boolean;
}>;

/** A button is a link (`href`) or sends a form. There is no other kind, and no look that says which answer is good. */
export type ButtonProps = Look &
  Readonly<
    | { href: string }
    | { href?: undefined; name?: string; value?: string; formNoValidate?: boolean; formAction?: string; form?: string }
  >;

const lookOf = ({ go, small, wide }: Look): string =>
  ['btn', go && 'btn--go', small && 'btn--s', wide && 'btn--wide'].filter(Boolean).join(' ');

/** Outlined for everything that decides; see {@link ButtonProps} for the filled one. */
export function Button(props: ButtonProps): ReactElement {
  if (props.href !== undefined) {
    return (
      <a className={lookOf(props)} href={props.href}>
        {props.children}
      </a>
    );
  }
  const { name, value, formNoValidate, formAction, form, children } = props;
  return (
    <button
      className={lookOf(props)}
      type="submit"
      name={name}
      value={value}
      form={form}
      formAction={formAction}
      formNoValidate={formNoValidate}
    >
      {children}
    </button>
  );
}

export type PairProps = Readonly<{
  /** Two answers of one look and one size; the order is that of the question. */
  children: readonly [ReactElement, ReactElement];
  /** Below 30 rem one stands above the other, both at full width. */
  stack?: boolean;
}>;

/** Two answers side by side in equal columns. */
export function Pair({ children, stack = false }: PairProps): ReactElement {
  return <div className={stack ? 'pair pair--stack' : 'pair'}>{children}</div>;
}
