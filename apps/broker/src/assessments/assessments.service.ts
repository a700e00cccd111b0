import { Inject, Injectable } from '@nestjs/common';
import { assess, assessPeer, DomainError, type AssessAnswer } from '@bayway/contracts';
import { bayDay, type Jurisdiction, type RoutedDetail, type SubjectFacts } from '@bayway/domain';
import { canonicalDigest } from '@bayway/envelope';
import type { z } from 'zod';
import { Peers } from '../peers/peers.js';
import { unionOfActs } from './assessment.js';
import { Assessor, type Verdict } from './assessor.service.js';
import { factsToAsk } from './facts.js';
import { ExporterPart, ImporterPart } from './parts.js';
import { SidesService, type ExporterSide } from './sides.service.js';

export type AssessQuestion = z.infer<typeof assess.request>;
type PeerQuestion = z.infer<typeof assessPeer.request>;
type PeerAnswer = z.infer<typeof assessPeer.answer>;

/** The answer to a service of this side, and what else the dataset offers. */
type Said = AssessAnswer & Pick<ExporterSide, 'alternatives'>;
type Flow = Parameters<Assessor['keepFlow']>[0];
type Assessed = Readonly<{ said: Said; flow: Flow }>;

/** May this be asked of her, and what must she be shown? Each side decides over both parts, and signs. */
@Injectable()
export class AssessmentsService {
  constructor(
    @Inject(Assessor) private readonly assessor: Assessor,
    @Inject(Peers) private readonly peers: Peers,
    @Inject(SidesService) private readonly sides: SidesService,
  ) {}

  /**
   * Answers a service of this jurisdiction, which is the importer, the exporter or both.
   * @throws DomainError `transit-refused`, those of the sides, `border-unreachable`
   */
  async assess({ detail, subject }: AssessQuestion): Promise<Said> {
    const { me } = this.assessor;
    requireFuture(detail);
    if (detail.importer === me) {
      const { said, flow } = await this.assessHere(detail, subject);
      await this.assessor.keepFlow(flow);
      return said;
    }
    if (detail.exporter === me) return this.assessAsExporter(detail, subject);
    throw new DomainError('transit-refused');
  }

  /**
   * What would be said of a request like one that was refused here: assessed by both sides under its name, which stays
   * the name of what was asked.
   * @throws DomainError as `assess`
   */
  async consider(detail: RoutedDetail): Promise<Said> {
    return (await this.assessHere(detail)).said;
  }

  /** Answers the broker of the other side: assesses the same request and says what only this side knows. */
  async assessForPeer(question: PeerQuestion, from: Jurisdiction): Promise<PeerAnswer> {
    const { stage, detail, requestDigest } = question;
    // At stage `release` an assessment travels with the signed request it is about; nobody gets one over a bare digest.
    if (stage !== 'ask' || requestDigest !== canonicalDigest(detail)) throw new DomainError('assessment-invalid');
    requireFuture(detail);
    const { me } = this.assessor;
    if (detail.exporter === me && detail.importer === from) return this.answerAsExporter(question);
    if (detail.importer === me && detail.exporter === from) return this.answerAsImporter(question);
    throw new DomainError('transit-refused');
  }

  private async answerAsExporter({ detail, facts, party }: PeerQuestion): Promise<PeerAnswer> {
    const theirs = partOf(ImporterPart, facts, 'request-invalid');
    if (!isParty(party, detail.recipient, theirs.importer)) throw new DomainError('request-invalid');
    this.sides.requireRecipientKey(detail);
    const mine = await this.sides.exporter(detail);
    const { jws: assessment, refusal } = await this.decide(detail, { ...theirs, ...mine.part }, { level: mine.level });
    const { part, dataset, level, items, alternatives } = mine;
    return { assessment, refusal, facts: part, party: mine.party, dataset, level, items, alternatives };
  }

  private async answerAsImporter({ detail, facts, party }: PeerQuestion): Promise<PeerAnswer> {
    const theirs = partOf(ExporterPart, facts, 'request-invalid');
    if (!isParty(party, detail.holder, theirs.exporter)) throw new DomainError('request-invalid');
    const mine = await this.sides.importer(detail);
    const { jws: assessment, refusal } = await this.decide(detail, { ...mine.part, ...theirs });
    const unknown = { dataset: null, level: null, items: [], alternatives: [] };
    return { assessment, refusal, facts: mine.part, party: mine.party, ...unknown };
  }

  private assessHere(detail: RoutedDetail, subject?: SubjectFacts): Promise<Assessed> {
    return detail.exporter === detail.importer ? this.assessWithin(detail, subject) : this.assessAsImporter(detail);
  }

  private async assessWithin(detail: RoutedDetail, subject: SubjectFacts | undefined): Promise<Assessed> {
    const importer = await this.sides.importer(detail);
    const exporter = await this.sides.exporter(detail, { subject });
    const own = await this.decide(detail, { ...importer.part, ...exporter.part }, { subject, level: exporter.level });
    const said = answer(own, null, { ...exporter, holder: exporter.party, recipient: importer.party });
    return { said, flow: flowOf(detail, exporter.part, said) };
  }

  private async assessAsImporter(detail: RoutedDetail): Promise<Assessed> {
    const mine = await this.sides.importer(detail);
    const theirs = await this.askPeer(detail.exporter, detail, { facts: mine.part, party: mine.party });
    const { dataset, level, items, alternatives, party: holder } = theirs;
    const part = partOf(ExporterPart, theirs.facts, 'answer-invalid');
    if (!dataset || level === null || !isParty(holder, detail.holder, part.exporter))
      throw new DomainError('answer-invalid');
    const own = await this.decide(detail, { ...mine.part, ...part });
    const peer = await this.verdictOf(theirs, detail.exporter, detail);
    const said = answer(own, peer, { dataset, level, items, alternatives, holder, recipient: mine.party });
    return { said, flow: flowOf(detail, part, said) };
  }

  private async assessAsExporter(detail: RoutedDetail, subject: SubjectFacts | undefined): Promise<Said> {
    this.sides.requireRecipientKey(detail);
    const mine = await this.sides.exporter(detail, { subject });
    const theirs = await this.askPeer(detail.importer, detail, { facts: mine.part, party: mine.party });
    const part = partOf(ImporterPart, theirs.facts, 'answer-invalid');
    if (!isParty(theirs.party, detail.recipient, part.importer)) throw new DomainError('answer-invalid');
    const own = await this.decide(detail, { ...part, ...mine.part }, { subject, level: mine.level });
    const peer = await this.verdictOf(theirs, detail.importer, detail);
    return answer(own, peer, { ...mine, holder: mine.party, recipient: theirs.party });
  }

  private askPeer(
    to: Jurisdiction,
    detail: RoutedDetail,
    mine: Pick<PeerQuestion, 'facts' | 'party'>,
  ): Promise<PeerAnswer> {
    const body = { stage: 'ask' as const, detail, requestDigest: canonicalDigest(detail), ...mine };
    return this.peers.ask(assessPeer, { to, body });
  }

  private async verdictOf(theirs: PeerAnswer, side: Jurisdiction, detail: RoutedDetail): Promise<Verdict> {
    const { assessment: jws, refusal } = theirs;
    const claims = await this.assessor.verify(jws, { side, stage: 'ask', requestDigest: canonicalDigest(detail) });
    if (claims.proceeds !== (refusal === null)) throw new DomainError('answer-invalid');
    return { claims, refusal, jws };
  }

  /** @param known what the holder's side knows beside its part */
  private decide(
    detail: RoutedDetail,
    parts: ImporterPart & ExporterPart,
    { subject, level }: { subject?: SubjectFacts | undefined; level?: number } = {},
  ): Promise<Verdict> {
    const known = { subject, ...(level === undefined ? {} : { level }) };
    const about = { mode: detail.mode, purpose: detail.purpose.code, asOf: bayDay(new Date()), ...known };
    const request = { stage: 'ask' as const, requestDigest: canonicalDigest(detail), flowId: detail.request_id };
    return this.assessor.decideAndRecord(factsToAsk(parts, about), request);
  }
}

/** A consent or a record that would have ended already cannot be asked for. */
function requireFuture(detail: RoutedDetail): void {
  const today = bayDay(new Date());
  const past = (['valid_until', 'retention_until'] as const).filter((member) => detail[member] < today);
  const errors = past.map((member) => ({ pointer: `#/detail/${member}`, detail: 'is in the past' }));
  if (errors.length > 0) throw new DomainError('request-invalid', { errors });
}

/** Whether the party that is shown is the one that was asked for and that the rules looked at. */
const isParty = (party: PeerQuestion['party'], id: string, side: { place: string; kind: string }): boolean =>
  party.id === id && party.place === side.place && party.kind === side.kind;

function partOf<T extends z.ZodType>(
  schema: T,
  facts: unknown,
  code: 'request-invalid' | 'answer-invalid',
): z.infer<T> {
  const part = schema.safeParse(facts);
  if (!part.success) throw new DomainError(code, {}, { cause: part.error });
  return part.data;
}

const flowOf = (detail: RoutedDetail, exporterPart: ExporterPart, { acts }: Said): Flow => ({
  flowId: detail.request_id,
  detail,
  exporterPart,
  acts: acts.map(({ kind }) => kind),
});

const actsOf = (verdicts: readonly Verdict[]): AssessAnswer['acts'] =>
  unionOfActs(...verdicts.map(({ claims }) => claims.acts));

type Shown = Pick<Said, 'holder' | 'recipient' | 'level' | 'dataset' | 'items' | 'alternatives'>;

function answer(own: Verdict, peer: Verdict | null, { items, ...shown }: Shown): Said {
  const verdicts = peer ? [own, peer] : [own];
  const dropped = new Set<string>(verdicts.flatMap(({ claims }) => claims.droppedItems.map(({ item }) => item)));
  return {
    proceeds: verdicts.every(({ claims }) => claims.proceeds),
    refusal: verdicts.find(({ refusal }) => refusal !== null)?.refusal ?? null,
    own: own.jws,
    peer: peer?.jws ?? null,
    acts: actsOf(verdicts),
    ...shown,
    items: items.filter(({ id }) => !dropped.has(id)),
    dropped: items.filter(({ id }) => dropped.has(id)),
  };
}
