import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { witnessName } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { AlarmsService } from '../alarms/alarms.service.js';
import { CheckpointsService, type StoredCheckpoint } from '../log/checkpoints.service.js';
import { LogKeys } from '../log/log-keys.js';
import { Pacer } from '../pacer.js';
import { WitnessClient } from './witness-client.js';

type Feed = {
  readonly witness: Jurisdiction;
  readonly pacer: Pacer;
  held: number;
  goodAt: number;
  isCurrent: boolean;
  /** How often in a row the witness did not sign. */
  failures: number;
};

export type WitnessState = 'current' | 'behind' | 'stalled';

/** Brings each new checkpoint to the two other jurisdictions' witnesses and keeps their cosignatures. */
@Injectable()
export class Feeder implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('feeder');
  private readonly feeds: readonly Feed[];
  private loops: Promise<void>[] = [];

  // eslint-disable-next-line max-params -- who the witnesses are is the fourth thing it needs
  constructor(
    @Inject(CheckpointsService) private readonly checkpoints: CheckpointsService,
    @Inject(WitnessClient) private readonly witnesses: WitnessClient,
    @Inject(AlarmsService) private readonly alarms: AlarmsService,
    @Inject(LogKeys) private readonly keys: LogKeys,
  ) {
    const fresh = () => ({ pacer: new Pacer(), held: 0, goodAt: Date.now(), isCurrent: false, failures: 0 });
    this.feeds = keys.peers.map((witness) => ({ witness, ...fresh() }));
    checkpoints.onNew(() => this.feeds.forEach(({ pacer }) => pacer.wake()));
  }

  onApplicationBootstrap(): void {
    this.loops = this.feeds.map((feed) => this.run(feed));
  }

  async onModuleDestroy(): Promise<void> {
    for (const { pacer } of this.feeds) pacer.stop();
    await Promise.all(this.loops);
  }

  /** How a witness stands with this log: it signed the newest checkpoint, has yet to, or has not signed for a minute. */
  stateOf(witness: Jurisdiction): WitnessState {
    const feed = this.feeds.find((one) => one.witness === witness);
    if (!feed || Date.now() - feed.goodAt > STALLED_MS) return 'stalled';
    return feed.isCurrent ? 'current' : 'behind';
  }

  private async run(feed: Feed): Promise<void> {
    const name = witnessName(feed.witness);
    while (!feed.pacer.stopped) {
      try {
        feed.isCurrent = await this.bring(feed);
        if (feed.isCurrent) feed.goodAt = Date.now();
        else if (Date.now() - feed.goodAt > STALLED_MS) await this.stalled(feed);
      } catch (error) {
        feed.isCurrent = false;
        this.logger.debug({ witness: name, failure: (error as Error).message });
        if (Date.now() - feed.goodAt > STALLED_MS) await this.stalled(feed).catch(() => undefined);
      }
      feed.failures = feed.isCurrent ? 0 : feed.failures + 1;
      await feed.pacer.idle(feed.isCurrent ? LOOK_MS : Math.min(LONGEST_RETRY_MS, RETRY_MS * 2 ** feed.failures));
    }
  }

  /** Brings the latest checkpoint once. Answers whether the witness has signed it. */
  private async bring(feed: Feed): Promise<boolean> {
    const latest = await this.checkpoints.latest();
    const name = witnessName(feed.witness);
    if (!latest || latest.cosignatures.some(({ witness }) => witness === name)) return true;
    const answer = await this.ask(feed, latest);
    if (answer.said === 'cosigned') {
      await this.checkpoints.addCosignature(latest.size, answer.cosignature);
      feed.held = latest.size;
      return true;
    }
    if (answer.said === 'other-size') await this.ahead(name, answer.size);
    else if (answer.status === 422) await this.alarms.raise('witness-refused', name, latest.note);
    else await this.keys.refresh();
    return false;
  }

  /** Asks; when the witness holds another, smaller tree, asks again from there. */
  private async ask(feed: Feed, latest: StoredCheckpoint): ReturnType<WitnessClient['ask']> {
    const answer = await this.witnesses.ask(feed.witness, latest, Math.min(feed.held, latest.size));
    if (answer.said !== 'other-size' || answer.size > latest.size) return answer;
    feed.held = answer.size;
    return this.witnesses.ask(feed.witness, latest, feed.held);
  }

  /** Another instance may have brought a larger tree of ours in the meantime; only the absence of one is an alarm. */
  private async ahead(name: string, size: number): Promise<void> {
    const latest = await this.checkpoints.latest();
    if (latest && latest.size < size) await this.alarms.raise('witness-ahead', name, `${size}\n${latest.note}`);
  }

  private stalled({ witness, goodAt }: Feed): Promise<void> {
    return this.alarms.raise('witness-stalled', witnessName(witness), new Date(goodAt).toISOString());
  }
}

/** A new checkpoint wakes the feeder; one that another instance signed and did not bring is found so long after. */
const LOOK_MS = 10_000;
const RETRY_MS = 250;
const LONGEST_RETRY_MS = 4_000;
const STALLED_MS = 60_000;
