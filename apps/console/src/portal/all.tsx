import { Button, Card, EmptyState, fill, formatNumber, Heading, jurisdictionName } from '@bayway/design';
import type { Jurisdiction } from '@bayway/domain';
import type { ReactElement } from 'react';
import { Frame, type SignedIn } from './frame.js';
import { ConsentSummaryCard } from './home.js';
import type { ConsentSummary } from './summary.js';
import type { View } from './view.js';
import { words } from './words/index.js';

type AllProps = Readonly<{
  view: View;
  here: Jurisdiction;
  signedIn: SignedIn;
  consents: readonly ConsentSummary[];
  total: number;
  next: string | null;
}>;

/** Everything she has decided here, page by page, newest first. */
export function All({ view, here, signedIn, consents, total, next }: AllProps): ReactElement {
  const { language } = view;
  const own = words[language];
  const place = jurisdictionName(language, here);
  const title = fill(own.allTitle, { place });
  return (
    <Frame view={view} title={title} signedIn={signedIn} current="allowed">
      <div className="stack-l">
        <Heading
          title={title}
          lead={total === 0 ? undefined : fill(own.allLead, { n: formatNumber(language, total) })}
        />
        {consents.length === 0 ? (
          <Card>
            <EmptyState>{fill(own.allNone, { place })}</EmptyState>
          </Card>
        ) : (
          <div className="grid3">
            {consents.map((consent) => (
              <ConsentSummaryCard key={consent.id} view={view} consent={consent} />
            ))}
          </div>
        )}
        {next === null ? null : (
          <p>
            <Button href={`/consents?after=${encodeURIComponent(next)}`}>{own.more}</Button>
          </p>
        )}
      </div>
    </Frame>
  );
}
