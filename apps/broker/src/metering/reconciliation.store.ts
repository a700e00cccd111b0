import { Inject, Injectable } from '@nestjs/common';
import type { Month, Reconciliation } from '@bayway/contracts';
import { DataSource } from 'typeorm';
import { inMonth } from './metering.store.js';

type Difference = Reconciliation['differences'][number];

/** Compares the meter with this broker's evidence records, request by request. */
@Injectable()
export class ReconciliationStore {
  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  async of(month: Month): Promise<Reconciliation> {
    const [counts] = await this.db.query<{ metered: number; inEvidence: number }[]>(COUNTS, [month]);
    const differences = await this.db.query<Difference[]>(DIFFERENCES, [month]);
    return { metered: counts?.metered ?? 0, inEvidence: counts?.inEvidence ?? 0, differences };
  }
}

/** The ends of a month that leave evidence at this broker, by the type of their record. */
const METERED = `
  select id::text, case when state in ('refused', 'ended') then 'request.refused' when state = 'cancelled' then 'request.cancelled'
                        else 'request.failed' end as type
    from (select id, state, settled_at from data_request where release is null
          union all select id, state, settled_at from incoming_request where release is null) r
   where state in ('refused', 'failed', 'expired', 'cancelled', 'ended') and ${inMonth('settled_at')}
  union select id::text, 'delivery.made' from data_request where ${inMonth('delivered_at')}
  union select id::text, 'delivery.receipted' from data_request where ${inMonth('receipted_at')}`;

/**
 * Of requests only: what the rules refused before there was one is no end of one. The holder's side has the recipient's
 * receipt too, at a time of its own: it is compared by the other side's meter.
 */
const EVIDENCE = `
  select distinct e.record->>'dataRequestId' as id, e.type
    from evidence_record e
   where e.type in ('request.refused', 'request.failed', 'request.cancelled', 'delivery.made', 'delivery.receipted')
     and e.record ? 'dataRequestId' and ${inMonth('e.recorded_at')}
     and (e.type <> 'delivery.receipted' or exists (select 1 from data_request d where d.id::text = e.record->>'dataRequestId'))`;

const COUNTS = `
  with metered as (${METERED}), evidence as (${EVIDENCE})
  select (select count(*)::int from metered) as metered, (select count(*)::int from evidence) as "inEvidence"`;

const DIFFERENCES = `
  with metered as (${METERED}), evidence as (${EVIDENCE})
  select id as "dataRequestId", type, 'evidence' as "missingIn" from (select * from metered except select * from evidence) m
  union all
  select id, type, 'meter' from (select * from evidence except select * from metered) e
  order by 1, 2 limit 100`;
