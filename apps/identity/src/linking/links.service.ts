import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { inTransaction, OutboxRelay, recordEvidence } from '@bayway/service';
import { DataSource } from 'typeorm';
import { LinkEntity } from './link.entity.js';

/** Who somebody is at another jurisdiction's provider. */
export type PeerIdentity = Readonly<{ peer: Jurisdiction; sub: string }>;

/** Links between a name at a peer and a resident here: one on each side. */
@Injectable()
export class Links {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
  ) {}

  /** The resident that a peer's name stands for, or null. */
  async residentOf({ peer, sub }: PeerIdentity): Promise<string | null> {
    const link = await this.db.getRepository(LinkEntity).findOneBy({ peer, peerSub: sub });
    return link?.residentId ?? null;
  }

  /**
   * Binds both, when both were proved in one interaction. Bound already to each other: nothing happens.
   * @throws DomainError `link-conflict` when either is bound to somebody else
   */
  async bind({ peer, sub }: PeerIdentity, residentId: string): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const id = randomUUID();
      const inserted: unknown[] = await tx.query(
        'insert into link (id, peer, peer_sub, resident_id) values ($1, $2, $3, $4) on conflict do nothing returning id',
        [id, peer, sub, residentId],
      );
      if (inserted.length > 0) await recordEvidence(tx, 'link.bound', { link: id, peer });
      else if (!(await tx.existsBy(LinkEntity, { peer, peerSub: sub, residentId })))
        throw new DomainError('link-conflict');
    });
    this.relay.nudge();
  }
}
