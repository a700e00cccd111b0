import { DomainError } from '@bayway/contracts';
import { IdentityDocument, SubjectKind } from '@bayway/domain';
import { decryptValue, EnvelopeError, type PrivateKey } from '@bayway/envelope';
import { z } from 'zod';

/** Who stands behind a handle, as identity tells this connector alone. */
export const ResolvedSubject = z.object({ kind: SubjectKind, documents: z.array(IdentityDocument).max(20) });
export type ResolvedSubject = z.infer<typeof ResolvedSubject>;

/** Opens identity's answer with whichever of our keys it was encrypted to; during a rotation there are two. */
export async function openSubject(jwe: string, keys: readonly PrivateKey[]): Promise<ResolvedSubject> {
  for (const key of keys) {
    const value = await decryptValue(jwe, key).catch((error: unknown) => {
      if (error instanceof EnvelopeError) return undefined;
      throw error;
    });
    if (value !== undefined) return ResolvedSubject.parse(value);
  }
  throw new DomainError('handle-unknown');
}
