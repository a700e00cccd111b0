import { Injectable } from '@nestjs/common';
import { SaltRetention, type RelatedIds } from '@bayway/service';
import type { EntityManager } from 'typeorm';

/** A broker's records name requests and flows, and few of them the consent. */
@Injectable()
export class BrokerRetention extends SaltRetention {
  protected override async related(tx: EntityManager, consentId: string): Promise<RelatedIds> {
    const rows = await tx.query<{ id: string; flow: string | null }[]>(
      `select r.id, coalesce(r.flow_id, a.flow_id) as flow from
         (select id, flow_id, request_digest from data_request where consent_id = $1
          union all select id, null, request_digest from incoming_request where consent_id = $1) r
         left join assessment a on a.request_digest = r.request_digest`,
      [consentId],
    );
    const unique = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))];
    return { requests: unique(rows.map(({ id }) => id)), flows: unique(rows.map(({ flow }) => flow)) };
  }
}
