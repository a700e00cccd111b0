import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Jurisdiction } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { AlarmsService } from '../alarms/alarms.service.js';
import type { EvidenceConfig } from '../config.js';
import { Pacer } from '../pacer.js';
import { CaseBook, type Release } from './case-book.js';
import { PeerEntries } from './peer-entries.js';
import { ReconciliationStore } from './reconciliation.store.js';
import { observeReport } from './reconciliation-metrics.js';
import { ALARM_OF, type Finding, type Report } from './report.js';
import { type Found, StatementCheck } from './statement-check.js';
import { Statements } from './statements.js';

type Judged = Record<Finding, readonly Found[] | null>;

/** One reconciliation on its way. */
type Course = Readonly<{
  at: Date;
  until: Date;
  size: number;
  book: CaseBook;
  check: StatementCheck;
  silentServices: Set<string>;
  silentLogs: Set<Jurisdiction>;
}>;

/**
 * Compares what the services of this jurisdiction say they did with this log and with the other sides' logs, again and
 * again, and publishes the outcome. Several instances may do it at once: the same finding is one alarm.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('reconciliation');
  private readonly pacer: Pacer;
  private loop: Promise<void> | undefined;
  @Inject(Statements) private readonly statements!: Statements;
  @Inject(ReconciliationStore) private readonly store!: ReconciliationStore;
  @Inject(PeerEntries) private readonly peers!: PeerEntries;
  @Inject(AlarmsService) private readonly alarms!: AlarmsService;

  constructor(@Inject(CONFIG) private readonly config: EvidenceConfig) {
    this.pacer = new Pacer(config.RECONCILE_SECONDS * 1_000);
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.pacer.stop();
    await this.loop;
  }

  private async run(): Promise<void> {
    while (!this.pacer.stopped) {
      await this.pacer.idle();
      if (this.pacer.stopped) return;
      await this.reconcile().catch((error: unknown) => this.logger.warn({ failure: (error as Error).message }));
    }
  }

  private async reconcile(): Promise<void> {
    const course = await this.collect();
    if (this.pacer.stopped) return;
    const { judged, received } = await this.judge(course);
    const report = reportOf(course, judged, received);
    for (const [finding, found] of Object.entries(judged) as [Finding, readonly Found[] | null][])
      for (const { owner, commitment } of (found ?? []).slice(0, ALARMS_A_TIME))
        await this.alarms.raise(ALARM_OF[finding], owner, commitment);
    await this.store.keep(report);
    observeReport(report);
  }

  /** Reads all records. The size is taken first: whatever was in the log by then has its record committed. */
  private async collect(): Promise<Course> {
    const at = new Date();
    const until = new Date(at.getTime() - this.config.RECONCILE_GRACE_SECONDS * 1_000);
    const size = await this.store.sizeAt(until);
    const book = new CaseBook();
    const check = new StatementCheck(book, { size, until });
    const silentServices = new Set<string>();
    for await (const page of this.store.own()) check.take(this.me, page, await this.indexes(page));
    for (const keeper of this.statements.keepers()) {
      try {
        for await (const page of this.statements.of(keeper)) {
          if (this.pacer.stopped) break;
          check.take(keeper, page, await this.indexes(page));
        }
      } catch (error) {
        this.logger.warn({ unanswered: keeper.owner, failure: (error as Error).message });
        silentServices.add(keeper.owner);
      }
    }
    return { at, until, size, book, check, silentServices, silentLogs: new Set() };
  }

  /** What cannot be judged without somebody who did not answer is `null`. */
  private async judge(course: Course): Promise<{ judged: Judged; received: number | null }> {
    const { check, silentServices, silentLogs } = course;
    const late = await this.indexes(check.notInLog);
    const statementsNotInLog = check.notInLog.filter(({ commitment }) => !late.has(commitment));
    if (silentServices.size > 0) return { judged: { ...UNJUDGED, statementsNotInLog }, received: null };
    const settled = course.book.releases.filter((release) => isSettled(release, course.until));
    const abroad = await this.missingAbroad(settled, course);
    const { missing, received } = await this.unclaimed(course);
    const ifHeard = <T>(found: T): T | null => (silentLogs.size === 0 ? found : null);
    const judged = {
      releasesWithoutConsent: settled.filter((release) => !course.book.hasConsent(release)),
      releasesWithoutBothAssessments: settled.filter((release) => !course.book.hasBothAssessments(release)),
      releasesMissingAtOtherSide: ifHeard(abroad),
      statementsNotInLog,
      statementsAltered: [...check.altered, ...check.destroyed().unattested],
      entriesWithoutStatement: ifHeard(missing),
    };
    return { judged, received: ifHeard(received) };
  }

  /** Releases to another side whose log does not have them. One nobody asked for should be in any of the others. */
  private async missingAbroad(releases: readonly Release[], { book, silentLogs }: Course): Promise<Found[]> {
    const importers = new Map(releases.map((release) => [release.commitment, book.importerOf(release)]));
    const abroad = releases.filter(({ commitment }) => importers.get(commitment) !== this.config.JURISDICTION);
    const among = (commitment: string) => {
      const importer = importers.get(commitment);
      return importer ? [importer] : this.others;
    };
    const commitments = abroad.map(({ commitment }) => commitment);
    const missing = new Set(await this.peers.missing(commitments, { among, silent: silentLogs }));
    return abroad.filter(({ commitment }) => missing.has(commitment));
  }

  /** Entries that no record here stands for: another side's releases, or nobody's. */
  private async unclaimed({ check, silentLogs }: Course): Promise<{ missing: Found[]; received: number }> {
    const owner = this.me.owner;
    const missing: Found[] = [];
    let received = 0;
    for (const indexes of check.unclaimed(BATCH)) {
      const commitments = (await this.store.entriesAt(indexes)).map(({ commitment }) => commitment);
      const nobodys = await this.peers.missing(commitments, { among: () => this.others, silent: silentLogs });
      missing.push(...nobodys.map((commitment) => ({ owner, commitment })));
      received += commitments.length - nobodys.length;
    }
    return { missing, received };
  }

  private indexes(page: readonly { commitment: string }[]): Promise<Map<string, number>> {
    return this.store.indexesOf(page.map(({ commitment }) => commitment));
  }

  private get me(): { owner: string } {
    return { owner: `${this.config.JURISDICTION}/evidence` };
  }

  private get others(): readonly Jurisdiction[] {
    return (Object.keys(this.config.EVIDENCE_URLS) as Jurisdiction[]).filter((j) => j !== this.config.JURISDICTION);
  }
}

const UNJUDGED: Judged = {
  releasesWithoutConsent: null,
  releasesWithoutBothAssessments: null,
  releasesMissingAtOtherSide: null,
  statementsNotInLog: [],
  statementsAltered: null,
  entriesWithoutStatement: null,
};

/** Whether a release is old enough to be judged; one without a readable time is. */
const isSettled = ({ record }: Release, until: Date): boolean => !(Date.parse(String(record['at'])) >= until.getTime());

function reportOf(course: Course, judged: Judged, received: number | null): Report {
  const { at, until, size, book, check, silentServices, silentLogs } = course;
  const unanswered = [...silentServices, ...[...silentLogs].map((log) => `${log}/evidence`)].sort();
  const counts = Object.entries(judged).map(([finding, found]) => [finding, found?.length ?? null]);
  return {
    at: at.toISOString(),
    from: check.from,
    until: until.toISOString(),
    isComplete: unanswered.length === 0,
    unanswered,
    statements: check.total,
    erased: check.destroyed().erased,
    entries: size,
    received,
    releases: book.releases.length,
    findings: Object.fromEntries(counts) as Report['findings'],
  };
}

/** Alarms of one kind that one reconciliation raises at most; the count in the report is of all. */
const ALARMS_A_TIME = 100;
const BATCH = 500;
