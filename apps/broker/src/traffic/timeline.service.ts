import { Inject, Injectable } from '@nestjs/common';
import {
  AssessmentClaims,
  consentEvidence,
  exchangeEvidence,
  releaseEvidence,
  type SaltedRecord,
  type TrafficEvent,
  type TrafficTimeline,
  type TrafficView,
} from '@bayway/contracts';
import { DataRequestId, jurisdictionOf } from '@bayway/domain';
import { commitmentTo } from '@bayway/envelope';
import { Bus, CONFIG } from '@bayway/service';
import { decodeJwt } from 'jose';
import { DataSource } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { DataRequestEntity } from '../data-requests/data-request.entity.js';
import { IncomingRequestEntity } from '../incoming-requests/incoming-request.entity.js';
import { Peers } from '../peers/peers.js';
import { TrafficService } from './traffic.service.js';

type Side = TrafficEvent['side'];
type Found = Readonly<{ events: readonly TrafficEvent[]; missing: TrafficTimeline['missing'] }>;
type Kept = Readonly<{ record: SaltedRecord['record']; commitment: string }>;

const ANSWER_MS = 1_500;

/** One request across both sides: what this broker recorded, what its neighbours did, what the other side signed. */
@Injectable()
export class TimelineService {
  @Inject(TrafficService) private readonly traffic!: TrafficService;
  @Inject(DataSource) private readonly db!: DataSource;
  @Inject(Bus) private readonly bus!: Bus;
  @Inject(Peers) private readonly peers!: Peers;
  @Inject(CONFIG) private readonly config!: BrokerConfig;

  /** @throws DomainError `data-request-not-found` */
  async of(id: string): Promise<TrafficTimeline> {
    const { row, view } = await this.traffic.one(id);
    const [made, arrived] = await Promise.all([
      this.db.manager.findOneBy(DataRequestEntity, { id: DataRequestId.parse(id) }),
      this.db.manager.findOneBy(IncomingRequestEntity, { id: DataRequestId.parse(id) }),
    ]);
    const requestDigest = (made ?? arrived)?.requestDigest ?? null;
    const sides = this.sidesOf(view, made, arrived);
    const own = await this.recorded({ id, flowId: row.flowId, requestDigest });
    const side = sides.importer === this.config.JURISDICTION ? 'importer' : 'exporter';
    const isWithin = sides.importer === sides.exporter;
    const mine = own.map((kept) => eventOf(sideOf(kept, { side, isWithin }), kept));
    const others = made && !isWithin ? await this.theirs(made) : await this.beside(arrived);
    const known = [...mine, ...others.events];
    const crossed = [...(made ? saidByExporter(made) : []), ...(arrived && !made ? saidByImporter(arrived) : [])];
    const events = [...known, ...crossed.filter((event) => !known.some((other) => isSame(event, other)))];
    events.sort((a, b) => a.at.localeCompare(b.at));
    return { request: view, ...sides, requestDigest, missing: others.missing, events };
  }

  /** Whose request it is and whose record: by the places, where they are known. */
  private sidesOf(
    { from, to }: TrafficView,
    made: DataRequestEntity | null,
    arrived: IncomingRequestEntity | null,
  ): Pick<TrafficTimeline, 'importer' | 'exporter'> {
    const me = this.config.JURISDICTION;
    const of = (place: TrafficView['from']) => (place === null ? null : jurisdictionOf(place)) ?? me;
    return { importer: arrived?.importer ?? of(to), exporter: made?.exporter ?? of(from) };
  }

  /** The records of this broker about the request, and the assessments of the ask that led to it. */
  private recorded(of: { id: string; flowId: string | null; requestDigest: string | null }): Promise<Kept[]> {
    return this.db.query(
      `select record, commitment from evidence_record where record->>'dataRequestId' = $1
        union all
       select record, commitment from evidence_record where record->>'flowId' = $2 and record->>'dataRequestId' is null
          and (record->>'stage' = 'ask' or record->>'requestDigest' = $3)
        limit 200`,
      [of.id, of.flowId, of.requestDigest],
    );
  }

  /** The exporter tells its part once the recipient has signed for the record. */
  private async theirs({ id, exporter, receipt }: DataRequestEntity): Promise<Found> {
    if (receipt === null) return { events: [], missing: ['exporter'] };
    const body = { dataRequestId: id };
    return this.peers.ask(exchangeEvidence, { to: exporter, body }).then(
      ({ records }) => ({ events: records.map((kept) => eventOf('exporter', opened(kept))), missing: [] }),
      () => ({ events: [], missing: ['exporter'] }),
    );
  }

  /** What the consent service and the holder's connector of this side recorded. */
  private async beside(row: IncomingRequestEntity | null): Promise<Found> {
    if (!row?.consentId || !row.holder || row.state !== 'released') return { events: [], missing: [] };
    const { id: dataRequestId, consentId, holder: address } = row;
    const asked = [
      this.bus.ask(consentEvidence, { consentId, dataRequestId }, { timeoutMs: ANSWER_MS }),
      this.bus.ask(releaseEvidence, { dataRequestId }, { address, timeoutMs: ANSWER_MS }),
    ];
    const answers = await Promise.allSettled(asked);
    const names = ['consent', 'connector'] as const;
    return {
      events: answers.flatMap((answer) =>
        answer.status === 'fulfilled' ? answer.value.records.map((kept) => eventOf('exporter', opened(kept))) : [],
      ),
      missing: names.filter((_, no) => answers[no]?.status === 'rejected'),
    };
  }
}

const opened = ({ record, salt }: SaltedRecord): Kept => ({
  record,
  commitment: commitmentTo(salt, record as { type: string }),
});

/** Members of a record that say how the step went, in this order. */
const OUTCOMES = ['outcome', 'code', 'problem', 'state'] as const;

function eventOf(side: Side, { record, commitment }: Kept): TrafficEvent {
  const text = (name: string): string | null => {
    const value = record[name];
    return typeof value === 'string' ? value : null;
  };
  const outcome = OUTCOMES.map(text).find((value) => value !== null) ?? null;
  return { at: text('at') ?? '', side, type: text('type') ?? '', outcome, rule: text('rule'), commitment };
}

/** Records that only the exporter's part of a broker writes; within one jurisdiction both parts share the table. */
const sideOf = ({ record }: Kept, { side, isWithin }: { side: Side; isWithin: boolean }): Side =>
  isWithin && record['type'] === 'request.arrived' ? 'exporter' : side;

const isSame = (a: TrafficEvent, b: TrafficEvent): boolean => a.side === b.side && a.type === b.type;

function assessed(side: Side, jws: string | null): TrafficEvent[] {
  if (jws === null) return [];
  const { iat, outcome } = AssessmentClaims.pick({ iat: true, outcome: true }).parse(decodeJwt(jws));
  return [{ ...signed(side, 'assessment.made', iat), outcome }];
}

const signed = (side: Side, type: string, iat: number): TrafficEvent => ({
  ...{ at: new Date(iat * 1_000).toISOString(), side, type },
  ...{ outcome: null, rule: null, commitment: null },
});

/** What the importer's side signed and sent: the request, and its own assessment. */
const saidByImporter = (row: IncomingRequestEntity): TrafficEvent[] => [
  signed('importer', 'request.made', decodeJwt(row.signedRequest).iat ?? 0),
  ...assessed('importer', row.importerAssessment),
];

const saidByExporter = (row: DataRequestEntity): TrafficEvent[] => assessed('exporter', row.exporterAssessment);
