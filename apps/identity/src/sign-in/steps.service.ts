import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Interaction } from '../oidc/interactions.js';
import { StepEntity } from './step.entity.js';

const LIFE_MS = 2 * 3_600_000;

type Change = Partial<Omit<StepEntity, 'cid' | 'expiresAt'>>;

/** Keeps what an authorization request has seen so far. */
@Injectable()
export class Steps {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  async of({ cid }: Interaction): Promise<StepEntity> {
    const found = await this.db.getRepository(StepEntity).findOneBy({ cid });
    const fresh = { language: null, silentTried: false, peer: null, peerSub: null, peerLevel: null, refused: null };
    return found ?? { cid, ...fresh, expiresAt: new Date(Date.now() + LIFE_MS) };
  }

  async note({ cid }: Interaction, change: Change): Promise<void> {
    const row = { cid, ...change, expiresAt: new Date(Date.now() + LIFE_MS) };
    await this.db.getRepository(StepEntity).upsert(row, ['cid']);
  }
}
