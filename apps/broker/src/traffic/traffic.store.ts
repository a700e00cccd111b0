import { Inject, Injectable } from '@nestjs/common';
import type { FlowsView, TrafficQuery, TrafficResult } from '@bayway/contracts';
import type { Place } from '@bayway/domain';
import { DataSource } from 'typeorm';

/** A request as the tables of this broker know it. */
export type TrafficRow = Readonly<{
  id: string;
  kind: 'ask' | 'request';
  at: Date;
  from: Place | null;
  to: Place | null;
  holder: string | null;
  recipient: string | null;
  dataset: string | null;
  purpose: string | null;
  result: TrafficResult;
  state: string;
  problem: string | null;
  rule: string | null;
  flowId: string | null;
  signedRequest: string | null;
}>;

const RESULT = (state: string, release: string): string =>
  `case when ${release} is not null then 'released'
        when ${state} in ('sent', 'arrived', 'assessed') then 'open'
        when ${state} in ('refused', 'ended') then 'refused' else 'failed' end`;

/** The three kinds of request a side knows: those of its own partners, those that arrived, asks that its rules refused. */
const MADE = `
  select d.id, 'request' as kind, d.created_at as at, f.exporter_part->'exporter'->>'place' as "from", p.place as "to",
         d.holder, d.recipient, d.dataset, f.detail->'purpose'->>'code' as purpose, ${RESULT('d.state', 'd.release')} as result,
         d.state, coalesce(d.refusal->>'code', d.problem) as problem, d.refusal->>'rule' as rule, d.flow_id as "flowId",
         null as "signedRequest"
    from data_request d join party p on p.id = d.recipient left join assessed_flow f on f.flow_id = d.flow_id`;
const ARRIVED = `
  select i.id, 'request' as kind, i.arrived_at as at, p.place as "from", i.importer_part->'importer'->>'place' as "to",
         i.holder, i.recipient, null as dataset, null as purpose, ${RESULT('i.state', 'i.release')} as result,
         i.state, coalesce(i.refusal->>'code', i.problem) as problem, i.refusal->>'rule' as rule, null::uuid as "flowId",
         i.signed_request as "signedRequest"
    from incoming_request i left join party p on p.id = i.holder
   where not exists (select 1 from data_request d where d.id = i.id)`;
/** One ask is assessed anew each time it comes back: it counts once, when it was first refused. */
const NOT_ASKED = `
  select a.flow_id as id, 'ask' as kind, a.made_at as at, a.facts->'exporter'->>'place' as "from",
         a.facts->'importer'->>'place' as "to", f.detail->>'holder' as holder, f.detail->>'recipient' as recipient,
         f.detail->>'dataset' as dataset, a.facts->'purpose'->>'code' as purpose, 'refused' as result, a.outcome as state,
         null as problem, null as rule, a.flow_id as "flowId", null as "signedRequest"
    from assessment a left join assessed_flow f on f.flow_id = a.flow_id
   where a.stage = 'ask' and not a.proceeds
     and not exists (select 1 from assessment e where e.flow_id = a.flow_id and e.stage = 'ask' and not e.proceeds
                        and (e.made_at, e.id) < (a.made_at, a.id))`;
const KINDS = [MADE, ARRIVED, NOT_ASKED] as const;

type Filter = Omit<TrafficQuery, 'after' | 'limit' | 'days'> & Readonly<{ since: Date | null }>;
export type After = Readonly<{ at: string; id: string }>;

/** Reads what went by, from the rows that the exchanges left. */
@Injectable()
export class TrafficStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  /** The latest first. Each kind gives no more than a page, so that no more is sorted. */
  page(filter: Filter, after: After | null, limit: number): Promise<TrafficRow[]> {
    const arms = KINDS.map((kind) => `(select * from (${kind}) t where ${FITS} order by at desc, id desc limit $8)`);
    const sql = `select * from (${arms.join(' union all ')}) all_kinds order by at desc, id desc limit $8`;
    const { from, to, result, participant, since } = filter;
    return this.db.query<TrafficRow[]>(sql, [from, to, result, participant, since, after?.at, after?.id, limit]);
  }

  async one(id: string): Promise<TrafficRow | null> {
    const arms = KINDS.map((kind) => `(select * from (${kind}) t where id = $1)`);
    const [row] = await this.db.query<TrafficRow[]>(`${arms.join(' union all ')} limit 1`, [id]);
    return row ?? null;
  }

  flows(since: Date): Promise<FlowsView['flows']> {
    const arms = KINDS.map((kind) => `select "from", "to", result from (${kind}) t where at >= $1`);
    return this.db.query(
      `select "from", "to", ${COUNTS} from (${arms.join(' union all ')}) all_kinds
        where "from" is not null and "to" is not null group by 1, 2 order by 1, 2 limit 2000`,
      [since],
    );
  }

  /** Why asks were refused: code and rule by flow. */
  async refusals(
    flows: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<{ code: string; rule: string | null }>>> {
    const rows = await this.db.query<{ flow: string; code: string; rule: string | null }[]>(
      `select distinct on (record->>'flowId') record->>'flowId' as flow, record->>'code' as code, record->>'rule' as rule
         from evidence_record where type = 'request.refused' and record->>'flowId' = any($1)
        order by record->>'flowId', recorded_at`,
      [flows],
    );
    return new Map(rows.map(({ flow, code, rule }) => [flow, { code, rule }]));
  }
}

const FITS = `($1::text is null or "from" = $1) and ($2::text is null or "to" = $2)
  and ($3::text is null or result = $3) and ($4::text is null or holder = $4 or recipient = $4)
  and ($5::timestamptz is null or at >= $5) and ($6::timestamptz is null or (at, id) < ($6::timestamptz, $7::uuid))`;

const COUNTS = (['released', 'refused', 'failed', 'open'] as const)
  .map((result) => `count(*) filter (where result = '${result}')::int as ${result}`)
  .join(', ');
