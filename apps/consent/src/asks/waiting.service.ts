import { Inject, Injectable } from '@nestjs/common';
import type { Party, WaitingAsk, WaitingAsks } from '@bayway/contracts';
import { DataSource, In, IsNull, MoreThan } from 'typeorm';
import { AskHistoryEntity } from './ask-history.entity.js';
import { AskEntity } from './ask.entity.js';

/** As many as a page lists; nobody is asked more at a time. */
const MOST = 50;

/** Open asks that she, or somebody for whom she acts, has not answered. */
@Injectable()
export class WaitingService {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** @param subjectId who she is; asks about others that only she may answer name her as the actor */
  async of(subjectId: string): Promise<WaitingAsks> {
    const open = { answeredAt: IsNull(), expiresAt: MoreThan(new Date()) };
    const asks = await this.db.manager.find(AskEntity, {
      where: [
        { subjectId, actorId: IsNull(), ...open },
        { actorId: subjectId, ...open },
      ],
      order: { expiresAt: 'asc', id: 'asc' },
      take: MOST,
    });
    const deferred = await this.db.manager.findBy(AskHistoryEntity, {
      askId: In(asks.map(({ id }) => id)),
      state: 'deferred',
    });
    const later = new Set(deferred.map(({ askId }) => askId));
    return { items: asks.map((ask) => toView(ask, later.has(ask.id))) };
  }
}

const partyOf = ({ id, name, place }: Party): Pick<Party, 'id' | 'name' | 'place'> => ({ id, name, place });

const toView = ({ id, parties, detail, createdAt, expiresAt }: AskEntity, deferred: boolean): WaitingAsk => ({
  id: id as WaitingAsk['id'],
  state: deferred ? 'deferred' : 'requested',
  dataset: parties.dataset,
  holder: partyOf(parties.holder),
  recipient: partyOf(parties.recipient),
  purpose: detail.purpose,
  maxUses: detail.max_uses,
  askedAt: createdAt.toISOString(),
  answerBy: expiresAt.toISOString(),
});
