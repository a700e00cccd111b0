import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { AssuranceLevel, Jurisdiction } from '@bayway/domain';
import { inTransaction, recordEvidence } from '@bayway/service';
import { DataSource } from 'typeorm';
import { LinkEntity } from './link.entity.js';

/** Who somebody is at another jurisdiction's provider. */
export type PeerIdentity = Readonly<{ peer: Jurisdiction; sub: string }>;

/** Who that is here, and how sure at most. */
export type Linked = Readonly<{ residentId: string; level: AssuranceLevel }>;

const BIND = `
  insert into link (id, peer, peer_sub, resident_id, level) values ($1, $2, $3, $4, $5)
  on conflict (peer, peer_sub) do update set level = greatest(link.level, excluded.level)
    where link.resident_id = excluded.resident_id
  returning id`;

/** Links between a name at a peer and a resident here: one on each side. */
@Injectable()
export class Links {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The resident that a peer's name stands for, or null. */
  async find({ peer, sub }: PeerIdentity): Promise<Linked | null> {
    return this.db.getRepository(LinkEntity).findOneBy({ peer, peerSub: sub });
  }

  /** All links of a resident. */
  of(residentId: string): Promise<LinkEntity[]> {
    return this.db.getRepository(LinkEntity).find({ where: { residentId }, order: { boundAt: 'DESC' } });
  }

  /**
   * Ends a link of a resident: the next request across this boundary asks for both proofs again.
   * @throws DomainError `link-not-found` when it is not hers, or has ended
   */
  async unbind(residentId: string, id: string): Promise<void> {
    await inTransaction(this.db, async (tx) => {
      const [rows] = await tx.query<[{ peer: string }[], number]>(
        'delete from link where id = $1 and resident_id = $2 returning peer',
        [id, residentId],
      );
      const [gone] = rows;
      if (!gone) throw new DomainError('link-not-found');
      await recordEvidence(tx, 'link.unbound', { link: id, peer: gone.peer });
    });
  }

  /** Leaves evidence that two identities were not bound; no name of either is in it. */
  async refuse(reason: string, client: string): Promise<void> {
    await inTransaction(this.db, (tx) => recordEvidence(tx, 'link.refused', { reason, client }));
  }

  /**
   * Binds both, when both were proved in one interaction; the link is as strong as the weaker proof. Bound already to
   * each other, it may become stronger.
   * @throws DomainError `link-conflict` when either is bound to somebody else
   */
  async bind({ peer, sub }: PeerIdentity, to: Linked): Promise<void> {
    const id = randomUUID();
    await inTransaction(this.db, async (tx) => {
      const rows = await tx.query<{ id: string }[]>(BIND, [id, peer, sub, to.residentId, to.level]);
      if (rows.length === 0) throw new DomainError('link-conflict');
      if (rows[0]?.id === id) await recordEvidence(tx, 'link.bound', { link: id, peer });
    }).catch((error: unknown) => {
      if ((error as { code?: string }).code === UNIQUE_VIOLATION) throw new DomainError('link-conflict');
      throw error;
    });
  }
}

const UNIQUE_VIOLATION = '23505';
