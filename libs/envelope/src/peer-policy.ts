import { AssuranceLevel, Jurisdiction, JURISDICTIONS } from '@bayway/domain';
import { CompactSign, compactVerify } from 'jose';
import { z } from 'zod';
import { canonical } from './digest.js';
import { EnvelopeError } from './errors.js';
import { importKey, type PrivateKey, type PublicKey } from './keys.js';

const PeerTerms = z.strictObject({
  /** `cut`: nobody signs in by way of this peer, and it is no client. */
  state: z.enum(['trusted', 'cut']),
  /** The highest level it is believed. */
  highestLevel: AssuranceLevel,
});
export type PeerTerms = z.infer<typeof PeerTerms>;

/** What one jurisdiction's identity service accepts of the identity services of the other two. */
export const PeerPolicy = z
  .strictObject({
    jurisdiction: Jurisdiction,
    /** Grows with each change: an earlier one is not taken again. */
    version: z.int().min(1).max(1_000_000),
    signedAt: z.iso.datetime(),
    peers: z.partialRecord(Jurisdiction, PeerTerms),
  })
  .refine(({ jurisdiction, peers }) => peers[jurisdiction] === undefined, 'a jurisdiction is no peer of its own');
export type PeerPolicy = z.infer<typeof PeerPolicy>;

/** Of a peer that no policy names: trusted, for all that it says. */
export const TRUSTED: PeerTerms = { state: 'trusted', highestLevel: 4 };

const TYP = 'peer-policy+jwt';
const LONGEST = 10_000;

/** Signs a policy with the jurisdiction's own root, the one that signs its key directory. */
export const signPeerPolicy = async (root: PrivateKey, policy: PeerPolicy): Promise<string> =>
  new CompactSign(new TextEncoder().encode(canonical(PeerPolicy.parse(policy))))
    .setProtectedHeader({ alg: 'ES256', typ: TYP, kid: root.kid })
    .sign(await importKey(root.jwk, 'root'));

/** @throws EnvelopeError `signature-invalid` when this root did not sign it for this jurisdiction */
export async function readPeerPolicy(jurisdiction: Jurisdiction, root: PublicKey, text: string): Promise<PeerPolicy> {
  try {
    if (text.length > LONGEST) throw new TypeError('too long');
    const key = await importKey(root, 'root');
    const { payload, protectedHeader } = await compactVerify(text.trim(), key, { algorithms: ['ES256'] });
    if (protectedHeader.typ !== TYP) throw new TypeError('another type');
    const policy = PeerPolicy.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (policy.jurisdiction !== jurisdiction) throw new TypeError('another jurisdiction');
    return policy;
  } catch (cause) {
    throw new EnvelopeError('signature-invalid', `peer policy of \`${jurisdiction}\` is not signed by its root`, {
      cause,
    });
  }
}

/** The others of a jurisdiction. */
export const peersOf = (jurisdiction: Jurisdiction): Jurisdiction[] => JURISDICTIONS.filter((j) => j !== jurisdiction);
