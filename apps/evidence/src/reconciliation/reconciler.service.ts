import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { Jurisdiction } from '@bayway/domain';
import { CONFIG } from '@bayway/service';
import { AlarmsService } from '../alarms/alarms.service.js';
import type { EvidenceConfig } from '../config.js';
import { Pacer } from '../pacer.js';
import type { Release } from './case-book.js';
import { Course } from './course.js';
import { PeerEntries } from './peer-entries.js';
import { ReconciliationStore } from './reconciliation.store.js';
import { observeReport } from './reconciliation-metrics.js';
import { ALARM_OF, type Finding, type Report } from './report.js';
import type { Found } from './statement-check.js';
import { Statements } from './statements.js';

type Judged = Record<Finding, readonly Found[] | null>;

/**
 * Compares what the services of this jurisdiction say they did with this log and with the other sides' logs, again and
 * again, and publishes the outcome. Several instances may do it at once: the same finding is one alarm.
 */
@Injectable()
export class Reconciler implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('reconciliation');
  private readonly pacer: Pacer;
  private loop: Promise<void> | undefined;
  private course: Course | undefined;
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
    const course = await this.look();
    if (this.pacer.stopped) return;
    const judged = await this.judge(course);
    const report = reportOf(course, judged);
    for (const [finding, found] of Object.entries(judged) as [Finding, readonly Found[] | null][])
      for (const { owner, commitment } of (found ?? []).slice(0, ALARMS_A_TIME))
        await this.alarms.raise(ALARM_OF[finding], owner, commitment);
    await this.store.keep(report);
    observeReport(report);
  }

  /** Reads new records, now and then all. The size is taken first: whatever was in the log by then has its record committed. */
  private async look(): Promise<Course> {
    const at = new Date();
    const until = new Date(at.getTime() - this.config.RECONCILE_GRACE_SECONDS * 1_000);
    const isOld =
      this.course && at.getTime() - this.course.begunAt.getTime() >= this.config.RECONCILE_ALL_SECONDS * 1_000;
    if (!this.course || isOld) this.course = new Course(at);
    const { course } = this;
    course.lookAt({ at, until, size: await this.store.sizeAt(until) });
    const indexes = (commitments: readonly string[]) => this.store.indexesOf(commitments);
    await course.read(this.me, (after) => this.store.own(after), indexes);
    for (const keeper of this.statements.keepers()) {
      if (this.pacer.stopped) break;
      try {
        await course.read(keeper, (after) => this.statements.page(keeper, after), indexes);
      } catch (error) {
        this.logger.warn({ unanswered: keeper.owner, failure: (error as Error).message });
        course.silentServices.add(keeper.owner);
      }
    }
    return course;
  }

  /** What cannot be judged without somebody who did not answer is `null`. */
  private async judge(course: Course): Promise<Judged> {
    const { book, check, silentServices, silentLogs } = course;
    check.placeLate(await this.store.indexesOf(check.notInLog.map(({ commitment }) => commitment)));
    const statementsNotInLog = check.notInLog;
    if (silentServices.size > 0) return { ...UNJUDGED, statementsNotInLog };
    const releases = book.openReleases();
    const abroad = await this.missingAbroad(releases, course);
    const nobodys = await this.unclaimed(course);
    const ifHeard = <T>(found: T): T | null => (silentLogs.size === 0 ? found : null);
    const judged = {
      releasesWithoutConsent: releases.filter((release) => !book.hasConsent(release)),
      releasesWithoutBothAssessments: releases.filter((release) => !book.hasBothAssessments(release)),
      releasesMissingAtOtherSide: ifHeard(abroad),
      statementsNotInLog,
      statementsAltered: [...check.altered, ...check.destroyed().unattested],
      entriesWithoutStatement: ifHeard(nobodys),
    };
    const wanting = [...judged.releasesWithoutConsent, ...judged.releasesWithoutBothAssessments, ...abroad];
    const isWanting = new Set(wanting.map(({ commitment }) => commitment));
    if (silentLogs.size === 0)
      for (const release of releases) if (!isWanting.has(release.commitment)) book.close(release);
    return judged;
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

  /** Entries that neither a record here nor another log stands for. Those that another log was proven to have are done with. */
  private async unclaimed(course: Course): Promise<Found[]> {
    const { check, silentLogs, size } = course;
    const missing: Found[] = [];
    for (const indexes of check.unclaimed(size, BATCH)) {
      const entries = await this.store.entriesAt(indexes);
      const commitments = entries.map(({ commitment }) => commitment);
      const nobodys = new Set(await this.peers.missing(commitments, { among: () => this.others, silent: silentLogs }));
      missing.push(...[...nobodys].map((commitment) => ({ owner: this.me.owner, commitment })));
      if (silentLogs.size > 0) continue;
      const received = entries.filter(({ commitment }) => !nobodys.has(commitment));
      for (const { index } of received) check.claim(index);
      course.received += received.length;
    }
    return missing;
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

function reportOf(course: Course, judged: Judged): Report {
  const { at, begunAt, until, size, book, check, silentServices, silentLogs } = course;
  const unanswered = [...silentServices, ...[...silentLogs].map((log) => `${log}/evidence`)].sort();
  const counts = Object.entries(judged).map(([finding, found]) => [finding, found?.length ?? null]);
  return {
    at: at.toISOString(),
    from: check.from,
    readAgainAt: begunAt.toISOString(),
    until: until.toISOString(),
    isComplete: unanswered.length === 0,
    unanswered,
    statements: check.total,
    erased: check.destroyed().erased,
    entries: size,
    received: judged.entriesWithoutStatement && course.received,
    releases: book.releases,
    findings: Object.fromEntries(counts) as Report['findings'],
  };
}

/** Alarms of one kind that one reconciliation raises at most; the count in the report is of all. */
const ALARMS_A_TIME = 100;
const BATCH = 500;
