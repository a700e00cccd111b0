import { Inject, Injectable } from '@nestjs/common';
import { evidenceRecorded } from '@bayway/contracts';
import { afterCommit, OnFacts } from '@bayway/service';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { Sequencer } from '../log/sequencer.service.js';
import { enqueue } from './entry-queue.js';

/** Takes in the commitments that this jurisdiction's services send by their outboxes. */
@Injectable()
export class EntriesHandler {
  constructor(@Inject(Sequencer) private readonly sequencer: Sequencer) {}

  @OnFacts(evidenceRecorded)
  async recorded(facts: readonly z.infer<typeof evidenceRecorded.data>[], tx: EntityManager): Promise<void> {
    await enqueue(
      tx,
      facts.map(({ commitment }) => commitment),
    );
    afterCommit(tx, () => this.sequencer.nudge());
  }
}
