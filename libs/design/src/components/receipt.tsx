import type { ReactElement } from 'react';
import { fill, t } from '../text/messages.js';
import type { Locale } from '../text/locale.js';

/** A digest in groups of four. The groups are set apart by margin, so a copy holds the digest without spaces. */
export function Digest({ digest }: Readonly<{ digest: string }>): ReactElement {
  const groups = digest.match(/.{1,4}/gu) ?? [];
  return (
    <code className="digest">
      {groups.map((group, index) => (
        <span key={index}>
          {group}
          <wbr />
        </span>
      ))}
    </code>
  );
}

export type ReceiptDigestProps = Readonly<{
  language: Locale;
  /** The receipt's number. */
  number: string;
  /** Name of the hash, such as `sha-256`. */
  algorithm: string;
  digest: string;
}>;

/** Number and digest of a receipt, to be compared by eye or copied. */
export function ReceiptDigest({ language, number, algorithm, digest }: ReceiptDigestProps): ReactElement {
  return (
    <div className="receipt num">
      <p>{fill(t(language).detail.number, { number })}</p>
      <p>
        {algorithm} <Digest digest={digest} />
      </p>
    </div>
  );
}
