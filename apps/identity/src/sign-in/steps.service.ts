import { Inject, Injectable } from '@nestjs/common';
import { Jurisdiction } from '@bayway/domain';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Interaction } from '../oidc/interactions.js';

/** What one authorization request has seen so far, whatever number of interactions it takes. */
const Step = z.strictObject({
  /** Chosen on a page of this request. */
  language: z.string().max(10).nullable().default(null),
  /** The peer was asked silently: once, never again. */
  silentTried: z.boolean().default(false),
  /** The peer that showed who she is there, in this request, and how sure it is of her. */
  peer: Jurisdiction.nullable().default(null),
  peerSub: z.string().max(255).nullable().default(null),
  peerLevel: z.int().min(1).max(4).nullable().default(null),
  /** Why it cannot go on, as a page says it. */
  refused: z.string().max(2_000).nullable().default(null),
});
export type Step = z.infer<typeof Step>;

const NOTE = `
  update oidc_artifact
     set payload = jsonb_set(payload, '{lastSubmission}', coalesce(payload -> 'lastSubmission', '{}')
       || jsonb_build_object('step', coalesce(payload #> '{lastSubmission,step}', '{}') || $2::jsonb))
   where model = 'Interaction' and id = $1`;

/** Keeps it in the interaction itself, among what the library hands on from one interaction of a request to the next. */
@Injectable()
export class Steps {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  of({ lastSubmission }: Interaction): Step {
    return Step.parse(lastSubmission?.step ?? {});
  }

  async note(interaction: Interaction, change: Partial<Step>): Promise<void> {
    await this.db.query(NOTE, [interaction.uid, JSON.stringify(change)]);
    const step = { ...this.of(interaction), ...change };
    interaction.lastSubmission = { ...interaction.lastSubmission, step };
  }
}
