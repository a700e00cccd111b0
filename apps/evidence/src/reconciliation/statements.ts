import { Inject, Injectable } from '@nestjs/common';
import { type EvidenceStatement, evidenceRecordsOf } from '@bayway/contracts';
import { keyState } from '@bayway/envelope';
import { Bus, Keys } from '@bayway/service';
import { LogKeys } from '../log/log-keys.js';
import type { Keeper } from './case-book.js';

/** Asks the services of this jurisdiction for what they say they have done. */
@Injectable()
export class Statements {
  constructor(
    @Inject(Bus) private readonly bus: Bus,
    @Inject(Keys) private readonly keys: Keys,
    @Inject(LogKeys) private readonly logKeys: LogKeys,
  ) {}

  /** Who is asked: identity, consent, the broker, and each connector that has a valid key. */
  keepers(): Keeper[] {
    const services = (['identity', 'consent', 'broker'] as const).map((service) => ({
      service,
      owner: `${this.logKeys.mine}/${service}`,
    }));
    const at = new Date();
    const owners = this.keys
      .current()
      .latest()
      .filter((entry) => entry.owner.startsWith(`${this.logKeys.mine}/connector/`) && keyState(entry, at) === 'current')
      .map(({ owner }) => owner);
    return [...services, ...[...new Set(owners)].map((owner) => ({ service: 'connector' as const, owner }))];
  }

  /**
   * A page of what one of them says, oldest first, behind the record `after`.
   *
   * @throws DomainError `service-unavailable` or `answer-invalid`
   */
  async page({ service, owner }: Keeper, after: string | null): Promise<readonly EvidenceStatement[]> {
    const address = owner.split('/')[2];
    const to = address === undefined ? {} : { address };
    return (await this.bus.ask(evidenceRecordsOf[service], { after }, to)).statements;
  }
}
