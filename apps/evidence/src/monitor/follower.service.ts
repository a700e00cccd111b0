import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { TransparencyError } from '@bayway/transparency';
import { AlarmsService } from '../alarms/alarms.service.js';
import { LogKeys } from '../log/log-keys.js';
import { Pacer } from '../pacer.js';
import { WitnessStore } from '../witness/witness.store.js';
import { FollowedStore } from './followed.store.js';
import { PeerLog, type SignedHead } from './peer-log.js';

/** How another log stands: proven to continue, silent for a minute, or shown not to be one tree. */
export type LogState = 'in-order' | 'silent' | 'broken';

type Follow = { readonly log: Jurisdiction; state: LogState; goodAt: number };

/**
 * Monitors the two other logs: each new checkpoint must continue the one seen before, and contain the trees that this
 * witness and the third jurisdiction's witness have signed. A log that shows two histories to two of us is found here.
 */
@Injectable()
export class Follower implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('follower');
  private readonly pacer = new Pacer(LOOK_MS);
  private readonly follows: readonly Follow[];
  private loop: Promise<void> | undefined;
  @Inject(PeerLog) private readonly peer!: PeerLog;
  @Inject(FollowedStore) private readonly followed!: FollowedStore;
  @Inject(WitnessStore) private readonly witnessed!: WitnessStore;
  @Inject(AlarmsService) private readonly alarms!: AlarmsService;

  constructor(@Inject(LogKeys) private readonly keys: LogKeys) {
    this.follows = keys.peers.map((log) => ({ log, state: 'in-order', goodAt: Date.now() }));
  }

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  async onModuleDestroy(): Promise<void> {
    this.pacer.stop();
    await this.loop;
  }

  /** How the other logs stand, and when they were seen last. */
  states(): readonly Readonly<{ log: Jurisdiction; state: LogState; at: Date }>[] {
    return this.follows.map(({ log, state, goodAt }) => ({ log, state, at: new Date(goodAt) }));
  }

  private async run(): Promise<void> {
    while (!this.pacer.stopped) {
      await this.pacer.idle();
      for (const follow of this.follows) if (!this.pacer.stopped) await this.look(follow);
    }
  }

  private async look(follow: Follow): Promise<void> {
    try {
      follow.state = (await this.follow(follow.log)) ? 'in-order' : 'broken';
      follow.goodAt = Date.now();
    } catch (error) {
      this.logger.debug({ log: follow.log, failure: (error as Error).message });
      if (Date.now() - follow.goodAt <= SILENT_MS) return;
      follow.state = 'silent';
      const since = new Date(follow.goodAt).toISOString();
      await this.alarms.raise('log-silent', logOrigin(follow.log), since).catch(() => undefined);
    }
  }

  /** One look at a log. Answers whether everything seen is one tree; throws when it cannot be seen. */
  private async follow(log: Jurisdiction): Promise<boolean> {
    // Before the checkpoint, which must contain all of them.
    const [before, held, others] = await Promise.all([
      this.followed.last(logOrigin(log)),
      this.witnessed.last(logOrigin(log)),
      this.heldByOthers(log),
    ]);
    const newest = await this.peer.checkpoint(log);
    const seen = [before, held, ...others].filter((head) => head !== undefined);
    if (!newest) return seen.length === 0 || (await this.shrank(log, seen[0]));
    for (const head of seen) if (!(await this.contains(log, newest, head))) return false;
    if (newest.size !== before?.size) await this.followed.remember(logOrigin(log), newest);
    return true;
  }

  /** What the third jurisdiction's witness says; one that does not answer is no hindrance, its own log's follower says so. */
  private async heldByOthers(log: Jurisdiction): Promise<(SignedHead | undefined)[]> {
    const others = JURISDICTIONS.filter((j) => j !== log && j !== this.keys.mine);
    const ask = (witness: Jurisdiction) =>
      this.peer.heldBy(witness, log).catch((error: unknown) => {
        this.logger.debug({ witness: witnessName(witness), failure: (error as Error).message });
        return undefined;
      });
    return Promise.all(others.map(ask));
  }

  /** Whether the newest tree contains one that was signed before; alarms when it does not. */
  private async contains(log: Jurisdiction, newest: SignedHead, head: SignedHead): Promise<boolean> {
    if (head.size > newest.size) return this.shrank(log, head, newest);
    try {
      await this.peer.prove(log, head, newest);
      return true;
    } catch (error) {
      if (!(error instanceof TransparencyError)) throw error;
      if (error.code !== 'proof-invalid') throw error;
      await this.alarms.raise('split-view', logOrigin(log), `${head.note}\n${newest.note}`);
      return false;
    }
  }

  private async shrank(log: Jurisdiction, head: SignedHead | undefined, newest?: SignedHead): Promise<boolean> {
    await this.alarms.raise('log-shrank', logOrigin(log), `${head?.note}\n${newest?.note ?? 'no checkpoint'}`);
    return false;
  }
}

const LOOK_MS = 5_000;
const SILENT_MS = 60_000;
