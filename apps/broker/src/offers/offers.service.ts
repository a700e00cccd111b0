import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { listOffers, type OffersPage, type OffersQuery } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import { DataSource } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { DatasetEntity } from '../participants/dataset.entity.js';
import { PartyEntity } from '../participants/party.entity.js';
import { Peers } from '../peers/peers.js';
import { offerOf } from './offer.js';

type Asked = Omit<OffersQuery, 'exporter'>;

/** Which evidence satisfies which requirement, and who holds it: of this jurisdiction, and asked of the others. */
@Injectable()
export class OffersService implements OnModuleInit {
  private readonly heard = new Map<string, { until: number; page: Promise<OffersPage> }>();

  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Peers) private readonly peers: Peers,
  ) {}

  onModuleInit(): void {
    this.peers.answers(listOffers, (asked) => this.own(asked));
  }

  /**
   * A page of what one jurisdiction's holders offer. What another one said stands for a minute: whoever asks us often
   * does not ask them often.
   * @throws DomainError `border-unreachable`
   */
  page({ exporter, ...asked }: OffersQuery): Promise<OffersPage> {
    if (exporter === this.config.JURISDICTION) return this.own(asked);
    const key = JSON.stringify([exporter, asked.requirement, asked.after]);
    const known = this.heard.get(key);
    if (known && known.until > Date.now()) return known.page;
    if (this.heard.size >= MOST_HEARD) this.heard.clear();
    const page = this.peers.ask(listOffers, { to: exporter, body: asked });
    this.heard.set(key, { until: Date.now() + HEARD_MS, page });
    page.catch(() => this.heard.delete(key));
    return page;
  }

  /** Offers of active holders; a suspended one is not found any more at once. */
  async own({ requirement, after = '' }: Asked): Promise<OffersPage> {
    const query = this.db.manager
      .createQueryBuilder(DatasetEntity, 'd')
      .innerJoin(PartyEntity, 'p', `p.id = d.holder and p.status = 'active'`)
      .where(`d.holder || '/' || d.id > :after`, { after })
      .orderBy(`d.holder || '/' || d.id`)
      .limit(PAGE + 1);
    if (requirement) query.andWhere(':requirement = any(d.satisfies)', { requirement });
    const datasets = await query.getMany();
    const shown = datasets.slice(0, PAGE);
    const holders = new Map<string, PartyEntity>();
    for (const { holder } of shown)
      if (!holders.has(holder)) holders.set(holder, await this.db.manager.findOneByOrFail(PartyEntity, { id: holder }));
    const items = shown.map((dataset) =>
      offerOf(this.config.JURISDICTION, holders.get(dataset.holder) as PartyEntity, dataset),
    );
    const last = datasets.length > PAGE ? shown.at(-1) : undefined;
    return { items, next: last ? `${last.holder}/${last.id}` : null };
  }
}

const PAGE = 20;
const HEARD_MS = 60_000;
const MOST_HEARD = 500;
