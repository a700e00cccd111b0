import type { ReceiptPageView } from '@bayway/contracts';
import type { ReactElement } from 'react';
import { Frame, type View } from './frame.js';

/** Her receipt as this jurisdiction's consent service rendered it, unchanged, in the portal's frame. */
export function Receipt({
  view,
  receipt,
  session,
}: Readonly<{ view: View; receipt: ReceiptPageView; session: Readonly<{ csrf: string }> }>): ReactElement {
  return (
    <Frame view={view} title={receipt.title} signedIn={session}>
      <div dangerouslySetInnerHTML={{ __html: receipt.html }} />
    </Frame>
  );
}
