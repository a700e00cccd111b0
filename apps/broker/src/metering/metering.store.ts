import { Inject, Injectable } from '@nestjs/common';
import {
  SMALLEST_SHOWN,
  type Month,
  type Reciprocity,
  type Refusals,
  type ServiceLevels,
  type StatementLine,
} from '@bayway/contracts';
import type { Jurisdiction, ParticipantId } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { DataSource } from 'typeorm';
import { BrokerConfig } from '../config.js';

/** Reads the meter: the rows that ended in a month, as their settling transactions left them. */
@Injectable()
export class MeteringStore {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: BrokerConfig,
  ) {}

  /** The lines of one participant, or of all. */
  lines(month: Month, participant: ParticipantId | null): Promise<StatementLine[]> {
    return this.db.query(LINES, [month, this.me, participant]);
  }

  reciprocity(month: Month): Promise<Reciprocity['lines']> {
    return this.db.query(RECIPROCITY, [month]);
  }

  serviceLevels(month: Month): Promise<ServiceLevels['lines']> {
    return this.db.query(SERVICE_LEVELS, [month, this.me]);
  }

  refusals(month: Month): Promise<Refusals['lines']> {
    return this.db.query(REFUSALS, [month, this.me]);
  }

  private get me(): Jurisdiction {
    return this.config.JURISDICTION;
  }
}

/** Whether a time lies in the month `$1`, as months begin in the Bay. */
export const inMonth = (column: string): string =>
  `${column} >= ($1 || '-01')::timestamp at time zone 'Asia/Shanghai'
   and ${column} < (($1 || '-01')::timestamp + interval '1 month') at time zone 'Asia/Shanghai'`;

/** Each request that ended counts in exactly one of the first six. */
const COUNTS = `
  count(*) filter (where release is not null)::int as released,
  count(*) filter (where release is null and state = 'refused')::int as refused,
  count(*) filter (where release is null and state = 'failed')::int as failed,
  count(*) filter (where release is null and state = 'expired')::int as expired,
  count(*) filter (where release is null and state = 'cancelled')::int as cancelled,
  count(*) filter (where release is null and state = 'ended')::int as ended,
  count(*) filter (where receipt is not null)::int as receipted`;

const LINES = `
  select 'importer' as side, exporter, $2 as importer, holder, recipient, dataset, ${COUNTS},
         count(*) filter (where delivered_at is not null or receipt is not null)::int as delivered
    from data_request
   where ${inMonth('settled_at')} and ($3::text is null or recipient = $3)
   group by exporter, holder, recipient, dataset
  union all
  select 'exporter', $2, importer, holder, recipient, dataset, ${COUNTS},
         count(*) filter (where receipt is not null)::int
    from incoming_request
   where ${inMonth('settled_at')} and ($3::text is null or holder = $3)
   group by importer, holder, recipient, dataset
   order by 1, 2, 3, 4, 5, 6 limit 10000`;

/** Numbers that would speak of single people become null. */
const shown = (count: string): string =>
  `case when ${count} >= ${SMALLEST_SHOWN} or ${count} = 0 then (${count})::int end`;

const RECIPROCITY = `
  select 'gave' as direction, p.place, i.importer as other, i.dataset, ${shown('count(*)')} as released
    from incoming_request i join party p on p.id = i.holder
   where ${inMonth('i.settled_at')} and i.release is not null and i.dataset is not null
   group by p.place, i.importer, i.dataset
  union all
  select 'got', p.place, d.exporter, d.dataset, ${shown('count(*)')}
    from data_request d join party p on p.id = d.recipient
   where ${inMonth('d.settled_at')} and d.release is not null
   group by p.place, d.exporter, d.dataset
   order by 1, 2, 3, 4 limit 10000`;

const took = (share: number): string =>
  `case when count(*) filter (where release is not null) >= ${SMALLEST_SHOWN} then
     round(percentile_cont(${share}) within group (order by extract(epoch from settled_at - created_at) * 1000)
           filter (where release is not null))::int end`;

const SERVICE_LEVELS = `
  select exporter, $2 as importer, dataset, ${shown('count(*)')} as requests,
         ${shown('count(*) filter (where release is not null)')} as released,
         ${took(0.5)} as "p50Ms", ${took(0.95)} as "p95Ms"
    from data_request where ${inMonth('settled_at')}
   group by exporter, dataset order by 1, 3 limit 10000`;

const REFUSALS = `
  select exporter, $2 as importer, problem, refusal->>'rule' as rule, ${shown('count(*)')} as requests
    from data_request where ${inMonth('settled_at')} and release is null and problem is not null
   group by exporter, problem, refusal->>'rule' order by 1, 3, 4 limit 10000`;
