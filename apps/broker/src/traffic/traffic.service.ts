import { Inject, Injectable } from '@nestjs/common';
import {
  DomainError,
  TrafficView,
  type CountersView,
  type FlowsView,
  type TrafficPage,
  type TrafficQuery,
} from '@bayway/contracts';
import { bayDay } from '@bayway/domain';
import { VOLUME_THRESHOLDS } from '@bayway/trust-rules';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { cursorOf, placeOf } from '../paging.js';
import { TrafficStore, type TrafficRow } from './traffic.store.js';

/** Why asks were refused, where none was. */
const NONE: Awaited<ReturnType<TrafficStore['refusals']>> = new Map();
const DAY_MS = 86_400_000;
const Cursor = z.tuple([z.iso.datetime(), z.uuid()]);
/** What a signed request says that its row does not. */
const Said = z.object({ dataset: z.string(), purpose: z.object({ code: z.string() }), request_id: z.uuid() }).partial();

/** What passed between holders and recipients, as far as this side took part. Changes nothing. */
@Injectable()
export class TrafficService {
  constructor(
    @Inject(TrafficStore) private readonly store: TrafficStore,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  async flows(days: number): Promise<FlowsView> {
    const at = new Date();
    const since = startOf(days, at);
    return { since: since.toISOString(), at: at.toISOString(), flows: await this.store.flows(since) };
  }

  /** @throws DomainError `request-invalid` for a cursor that is not ours */
  async page({ after, limit, days, ...filter }: TrafficQuery): Promise<TrafficPage> {
    const since = days === undefined ? null : startOf(days, new Date());
    const [at, id] = after === undefined ? [] : placeOf(after, Cursor);
    const rows = await this.store.page({ ...filter, since }, at && id ? { at, id } : null, limit + 1);
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await this.views(shown), next: last ? cursorOf([last.at.toISOString(), last.id]) : null };
  }

  /** @throws DomainError `data-request-not-found` */
  async one(id: string): Promise<{ row: TrafficRow; view: TrafficView }> {
    const row = await this.store.one(id);
    if (!row) throw new DomainError('data-request-not-found', { id });
    const [view] = await this.views([row]);
    if (!view) throw new DomainError('data-request-not-found', { id });
    return { row: { ...row, flowId: row.flowId ?? said(row).request_id ?? null }, view };
  }

  /** How many people each holder sent abroad this year, and how far into the year it is. */
  async counters(): Promise<CountersView> {
    const today = bayDay(new Date());
    const year = Number(today.slice(0, 4));
    const items = await this.db.query<CountersView['items']>(
      `select holder, coalesce(max(people) filter (where class = 'general'), 0)::int as general,
              coalesce(max(people) filter (where class = 'sensitive'), 0)::int as sensitive
         from yearly_counter where year = $1 group by holder order by 3 desc, 2 desc, 1 limit 500`,
      [year],
    );
    const daysGone = Math.round((Date.parse(today) - Date.parse(`${year}-01-01`)) / DAY_MS) + 1;
    const { general, sensitive } = VOLUME_THRESHOLDS;
    return { year, daysGone, thresholds: { general: [...general], sensitive: [...sensitive] }, items };
  }

  private async views(rows: readonly TrafficRow[]): Promise<TrafficView[]> {
    const asks = rows.flatMap(({ kind, flowId }) => (kind === 'ask' && flowId ? [flowId] : []));
    const why = asks.length > 0 ? await this.store.refusals(asks) : NONE;
    return rows.map((row) => {
      const refusal = row.kind === 'ask' ? why.get(row.id) : undefined;
      const { dataset = row.dataset, purpose } = said(row);
      const about = { dataset, purpose: purpose?.code ?? row.purpose };
      const because = refusal ? { problem: refusal.code, rule: refusal.rule } : {};
      return TrafficView.parse({ ...row, ...about, ...because, at: row.at.toISOString() });
    });
  }
}

const said = ({ signedRequest }: TrafficRow): z.infer<typeof Said> =>
  signedRequest === null ? {} : (Said.safeParse(decodeJwt(signedRequest)).data ?? {});

/** The first moment of a day in the Bay: today for 1. */
const startOf = (days: number, at: Date): Date =>
  new Date(Date.parse(`${bayDay(at)}T00:00:00+08:00`) - (days - 1) * DAY_MS);
