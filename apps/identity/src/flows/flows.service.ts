import { Inject, Injectable } from '@nestjs/common';
import { assess, DomainError, type Refusal } from '@bayway/contracts';
import type { RoutedDetail } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import { Bus } from '@bayway/service';
import { DataSource } from 'typeorm';
import { DataFlowEntity } from './flow.entity.js';

/** A request that both brokers let pass. */
export type Flow = Readonly<Omit<DataFlowEntity, 'expiresAt'>>;

/** What the brokers said to a request: it goes on, it is refused by a rule, it is wrong, or nobody could say. */
export type Opening =
  | Readonly<{ kind: 'open'; flow: Flow }>
  | Readonly<{ kind: 'refused'; refusal: Refusal }>
  | Readonly<{ kind: 'wrong'; code: string }>
  | Readonly<{ kind: 'unavailable' }>;

/** Code of a request that comes under the name of another one. */
export const REPLAYED = 'data-request-replayed';

const isSame = (one: Flow, other: Flow): boolean =>
  one.clientId === other.clientId && one.detailDigest === other.detailDigest;

const LIFE_MS = 2 * 3_600_000;
/** Longer than our broker waits for the other side's. */
const ASSESS_MS = 8_000;
const UNAVAILABLE = ['service-unavailable', 'border-unreachable', 'answer-invalid'];

/** Requests for records on their way through this provider. */
@Injectable()
export class Flows {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(DataSource) private readonly db: DataSource,
  ) {}

  /** Asks both brokers, before anybody is bothered. What goes on is to be kept, once the rest of the push is right too. */
  async open(clientId: string, detail: RoutedDetail): Promise<Opening> {
    try {
      const answer = await this.bus.ask(assess, { detail }, { timeoutMs: ASSESS_MS });
      if (!answer.proceeds)
        return answer.refusal ? { kind: 'refused', refusal: answer.refusal } : { kind: 'unavailable' };
      const { level, recipient } = answer;
      const digest = canonicalDigest(detail);
      const flow = { requestId: detail.request_id, clientId, level, recipient: recipient.name, detailDigest: digest };
      const known = await this.find(flow.requestId);
      return known && !isSame(known, flow) ? { kind: 'wrong', code: REPLAYED } : { kind: 'open', flow };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return UNAVAILABLE.includes(error.code) ? { kind: 'unavailable' } : { kind: 'wrong', code: error.code };
    }
  }

  /**
   * Remembers it with the level it needs. Pushed again, as after a broken connection, it must be the same request of the
   * same client. @returns false when it is another one
   */
  async keep(flow: Flow): Promise<boolean> {
    const flows = this.db.getRepository(DataFlowEntity);
    const row = { ...flow, expiresAt: new Date(Date.now() + LIFE_MS) };
    await flows.createQueryBuilder().insert().values(row).orIgnore().execute();
    const kept = await this.find(flow.requestId);
    return kept !== null && isSame(kept, flow);
  }

  /** A request that was let pass, or null when it is over. */
  find(requestId: string): Promise<DataFlowEntity | null> {
    return this.db.getRepository(DataFlowEntity).findOneBy({ requestId });
  }
}
