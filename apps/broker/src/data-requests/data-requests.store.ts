import { Inject, Injectable } from '@nestjs/common';
import type { DataRequestsPage, DataRequestsQuery, Delay } from '@bayway/contracts';
import type { ParticipantId } from '@bayway/domain';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { cursorOf, placeOf } from '../paging.js';
import { DataRequestEntity, viewOf } from './data-request.entity.js';

/** Reads partners' requests. */
@Injectable()
export class DataRequestsStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** A partner's own, newest first. @throws DomainError `request-invalid` for a cursor that is not ours */
  async page(recipient: ParticipantId, { state, after, limit }: DataRequestsQuery): Promise<DataRequestsPage> {
    const query = this.db.manager.createQueryBuilder(DataRequestEntity, 'r').where({ recipient });
    query
      .orderBy('r.createdAt', 'DESC')
      .addOrderBy('r.id', 'DESC')
      .limit(limit + 1);
    if (state) query.andWhere({ state });
    if (after) {
      const [at, id] = placeOf(after, Place);
      query.andWhere('(r.created_at, r.id) < (:at, :id)', { at, id });
    }
    const rows = await query.getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const now = new Date();
    return {
      items: shown.map((row) => viewOf(row, now)),
      next: last ? cursorOf([last.createdAt.toISOString(), last.id]) : null,
    };
  }

  /** What keeps a request from leaving: null when it has left, or is on its way for the first time. */
  async heldAtBorder({ id, exporter }: DataRequestEntity): Promise<Delay | null> {
    const [row] = await this.db.query<{ next_at: Date }[]>(HELD, [`peer:${exporter}`, id]);
    return row ? { reason: 'border-unreachable', nextTryAt: row.next_at.toISOString() } : null;
  }

  /** Requests without an end whose deadline was before `at`. */
  overdue(at: Date): Promise<Pick<DataRequestEntity, 'id'>[]> {
    return this.db.query("select id from data_request where state = 'sent' and deadline_at < $1 limit 100", [at]);
  }

  /** A partner's requests that changed since then, each with its steps. */
  changedSince(recipient: ParticipantId, at: Date): Promise<DataRequestEntity[]> {
    return this.db.manager
      .createQueryBuilder(DataRequestEntity, 'r')
      .where({ recipient })
      .andWhere("(r.history -> -1 ->> 'at') >= :at", { at: at.toISOString() })
      .orderBy("r.history -> -1 ->> 'at'")
      .limit(1_000)
      .getMany();
  }
}

const Place = z.tuple([z.iso.datetime(), z.uuid()]);

const HELD = `
  select next_at from outbox
   where subscriber = $1 and aggregate = $2 and delivered_at is null and attempts > 0 and dead_at is null order by seq limit 1`;
