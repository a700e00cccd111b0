import { AssessmentClaims } from '@bayway/contracts';
import { Signed } from '@bayway/domain';
import { packs, replay, type Decided } from '@bayway/trust-rules';
import { decodeJwt } from 'jose';
import { z } from 'zod';
import type { Command } from './command.js';
import { answerDocuments, faultsOf, type Answer } from './documents.js';

/** A recorded assessment, as a broker hands it out (`GET /assessments/:id`): the facts, and what was signed over them. */
const Recorded = z.object({
  id: z.string().max(60),
  facts: z.record(z.string().max(40), z.unknown()),
  assessment: Signed,
});

/**
 * `bayway replay FILE`: recorded assessments, one JSON a line, each decided again over its recorded facts with the rules
 * of this release. The exit code is 1 when one does not come out as it was signed, or would be decided differently today.
 * Offline; signatures are checked by the broker, which has the key directory (`GET /assessments/:id/replay`).
 */
export const replayCommand: Command = (args, terminal) => answerDocuments(args, terminal, answerTo);

function answerTo(document: unknown): Answer {
  const recorded = Recorded.safeParse(document);
  if (!recorded.success) return { faults: recorded.error.issues.flatMap(faultsOf) };
  const { id, facts, assessment } = recorded.data;
  const claims = claimsOf(assessment);
  if (!claims) return { faults: [{ pointer: '/assessment', detail: 'not an assessment' }] };
  const again = replay(facts, claims as Decided & AssessmentClaims);
  const { outcome, proceeds, asOf, pack } = claims;
  return {
    value: { id, recorded: { outcome, proceeds, asOf, pack }, pack: packs, ...again },
    passes: again.factsIntact && !again.differs && again.reproduced !== false,
  };
}

function claimsOf(jws: string): AssessmentClaims | null {
  try {
    return AssessmentClaims.safeParse(decodeJwt(jws)).data ?? null;
  } catch {
    return null;
  }
}
