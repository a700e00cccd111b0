import type { z } from 'zod';
import { digestOf } from './digest.js';
import { EnvelopeError } from './errors.js';
import type { KeyDirectory } from './key-directory.js';
import { verify, verifyFrom } from './signed.js';

/** What a receipt must say to be checked; its own schema says more. */
type ReceiptLike = Readonly<{
  iss: string;
  iat: number;
  exporter: string;
  notice: Readonly<{ shown: string; askId: string; askDigest: string; language: string }>;
  acts: readonly Readonly<{ kind: string; answer: string; digest: string }>[];
}>;
type ActLike = Readonly<{
  askId: string;
  askDigest: string;
  shownDigest: string;
  language: string;
  act: string;
  answer: string;
}>;

/** A receipt as she keeps it, with what it speaks of: the signed acts, and the page as it was shown. */
export type KeptReceipt = Readonly<{ receipt: string; acts?: readonly string[]; shown?: string | Uint8Array }>;

const untrue = (detail: string): EnvelopeError => new EnvelopeError('signature-invalid', detail);

/** When the receipt says that it was made; nothing is believed yet. */
function madeAt(receipt: string): Date {
  try {
    const { iat } = JSON.parse(Buffer.from(receipt.split('.')[1] ?? '', 'base64url').toString()) as { iat: number };
    return new Date(iat * 1000);
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', 'not a signed object', { cause });
  }
}

/**
 * Checks a consent receipt without anybody's help: signed by the consent service of the exporter it names, with a key that
 * was good when it was made; and, where they are given, that the acts are those it names, each signed by the exporter's
 * identity service about the same ask, and that the page is the one she was shown. A withdrawal after it is not seen here.
 * @param shapes the schemas of receipt and act (`ConsentReceiptClaims`, `ActClaims` of the contracts)
 * @returns the claims of the receipt
 * @throws EnvelopeError naming the first thing that is wrong
 */
export async function verifyReceipt<R extends z.ZodType<ReceiptLike>, A extends z.ZodType<ActLike>>(
  kept: KeptReceipt,
  { keys, shapes }: { keys: KeyDirectory; shapes: { receipt: R; act: A } },
): Promise<z.infer<R>> {
  const at = madeAt(kept.receipt);
  const by = ['hk/consent', 'mo/consent', 'cn/consent'];
  const { claims, owner } = await verifyFrom(kept.receipt, { type: 'receipt', schema: shapes.receipt, by, keys, at });
  if (owner !== `${claims.exporter}/consent` || claims.iss !== owner)
    throw new EnvelopeError('signer-not-allowed', 'receipt is not signed by the exporter it names');
  if (kept.shown !== undefined && digestOf(kept.shown) !== claims.notice.shown)
    throw untrue('page is not the one that was shown');
  if (kept.acts)
    await verifyActs(kept.acts, claims, (jws) =>
      verify(jws, { type: 'act', schema: shapes.act, by: `${claims.exporter}/identity`, keys, at }),
    );
  return claims;
}

async function verifyActs(
  acts: readonly string[],
  receipt: ReceiptLike,
  read: (jws: string) => Promise<ActLike>,
): Promise<void> {
  const given = new Map(acts.map((jws) => [digestOf(jws), jws]));
  if (given.size !== receipt.acts.length) throw untrue('acts are not as many as the receipt names');
  for (const { kind, answer, digest } of receipt.acts) {
    const jws = given.get(digest);
    if (jws === undefined) throw untrue('an act is not one that the receipt names');
    const act = await read(jws);
    const { notice } = receipt;
    const fits =
      act.act === kind &&
      act.answer === answer &&
      act.askId === notice.askId &&
      act.askDigest === notice.askDigest &&
      act.shownDigest === notice.shown &&
      act.language === notice.language;
    if (!fits) throw untrue('an act is about something else');
  }
}
