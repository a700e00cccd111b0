import type { ReactElement } from 'react';
import { t } from '../text/messages.js';
import { Button } from './button.js';
import { Span, type SpanProps } from './span.js';
import { Tag, type TagKind } from './tag.js';
import type { Locale } from '../text/locale.js';

export type ConsentCardProps = Readonly<{
  language: Locale;
  tag: Readonly<{ kind: TagKind; words: string }>;
  /** `Credit report → Tsing Wan Bank` */
  title: string;
  /** Where looking leads. */
  href: string;
  /** Where withdrawing leads: the same page with its panel open. Absent when there is nothing left to withdraw. */
  withdrawHref?: string;
  span: Pick<SpanProps, 'state' | 'holder' | 'receiver' | 'label'>;
  /** Until when, how often used, last use. */
  meta: readonly string[];
}>;

/** One consent on the home page: its state, its picture, and looking and withdrawing side by side. */
export function ConsentCard({ language, tag, title, href, withdrawHref, span, meta }: ConsentCardProps): ReactElement {
  const { button } = t(language);
  return (
    <article className="card consent">
      <div className="row">
        <Tag kind={tag.kind}>{tag.words}</Tag>
      </div>
      <h3>
        <a href={href}>{title}</a>
      </h3>
      <Span {...span} language={language} compact saidBeside />
      <div className="meta">
        {meta.map((line) => (
          <span key={line}>{line}</span>
        ))}
      </div>
      <div className="acts">
        <Button small href={href}>
          {button.look}
          <span className="vh"> {title}</span>
        </Button>
        {withdrawHref === undefined ? null : (
          <Button small href={withdrawHref}>
            {button.withdraw}
            <span className="vh"> {title}</span>
          </Button>
        )}
      </div>
    </article>
  );
}
