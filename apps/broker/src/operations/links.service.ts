import { Inject, Injectable } from '@nestjs/common';
import { connectorStanding, DomainError, listOffers, type LinksView } from '@bayway/contracts';
import { JURISDICTIONS, type ParticipantId } from '@bayway/domain';
import { Bus, CONFIG } from '@bayway/service';
import { DataSource } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { Peers } from '../peers/peers.js';

type Answered<T> = Readonly<{ state: 'up' | 'down'; tookMs: number | null; answer: T | null }>;

/** Asks the other brokers and the holders' connectors whether they answer. */
@Injectable()
export class LinksService {
  private heard: { until: number; view: Promise<LinksView> } | null = null;
  @Inject(CONFIG) private readonly config!: BrokerConfig;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Peers) private readonly peers!: Peers;

  /** Asked of them once for all who look at the same time. */
  links(): Promise<LinksView> {
    if (this.heard && this.heard.until > Date.now()) return this.heard.view;
    const view = this.look();
    this.heard = { until: Date.now() + HEARD_MS, view };
    view.catch(() => (this.heard = null));
    return view;
  }

  private async look(): Promise<LinksView> {
    const holders = await this.db.query<{ holder: ParticipantId }[]>(HOLDERS);
    const [peers, connectors] = await Promise.all([
      Promise.all(JURISDICTIONS.filter((side) => side !== this.config.JURISDICTION).map((side) => this.peer(side))),
      Promise.all(holders.map(({ holder }) => this.connector(holder))),
    ]);
    return { at: new Date().toISOString(), peers, holders: connectors };
  }

  /** A question that every broker answers, over the border and signed both ways. */
  private async peer(side: LinksView['peers'][number]['side']): Promise<LinksView['peers'][number]> {
    const { state, tookMs } = await answered(this.peers.ask(listOffers, { to: side, body: {} }));
    return { side, state, tookMs };
  }

  private async connector(holder: ParticipantId): Promise<LinksView['holders'][number]> {
    const asked = this.bus.ask(connectorStanding, {}, { address: holder, timeoutMs: ANSWER_MS });
    const { state, tookMs, answer } = await answered(asked);
    return { holder, state, tookMs, ways: answer?.ways ?? [] };
  }
}

/** Whatever is said is an answer, a refusal too; silence is none. */
async function answered<T>(asked: Promise<T>): Promise<Answered<T>> {
  const from = performance.now();
  const tookMs = (): number => Math.round(performance.now() - from);
  try {
    const answer = await asked;
    return { state: 'up', tookMs: tookMs(), answer };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (SILENT.includes(error.code)) return { state: 'down', tookMs: null, answer: null };
    return { state: 'up', tookMs: tookMs(), answer: null };
  }
}

const SILENT: readonly string[] = ['service-unavailable', 'border-unreachable'];
const HEARD_MS = 3_000;
const ANSWER_MS = 2_000;
const HOLDERS = `
  select distinct d.holder from dataset d join party p on p.id = d.holder and p.status = 'active' order by 1 limit 1000`;
