import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { IncomingRequestsStore } from './incoming-requests.store.js';
import { StepsService } from './steps.service.js';

/** Takes due requests one step further after another, several at once. What it had when it was killed is taken up again. */
@Injectable()
export class IncomingWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('incoming');
  private readonly open = new Set<Promise<void>>();
  private stopped = false;
  private nudge: () => void = () => undefined;
  private woken = false;
  private loop: Promise<void> | null = null;

  constructor(
    @Inject(IncomingRequestsStore) private readonly store: IncomingRequestsStore,
    @Inject(StepsService) private readonly steps: StepsService,
  ) {}

  onApplicationBootstrap(): void {
    this.loop = this.run();
  }

  /** Looks for due requests now. */
  wake(): void {
    this.woken = true;
    this.nudge();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    this.nudge();
    await this.loop;
    await Promise.all(this.open);
  }

  private async run(): Promise<void> {
    while (!this.stopped) {
      this.woken = false;
      const taken = await this.takeUp().catch((error: unknown) => {
        this.logger.warn({ failure: (error as Error).message });
        return 0;
      });
      if (taken === 0 && !this.woken) await this.pause();
    }
  }

  private async takeUp(): Promise<number> {
    const free = AT_ONCE - this.open.size;
    if (free <= 0) return 0;
    const taken = await this.store.take(free);
    for (const request of taken) {
      const work = this.steps.advance(request).catch((error: unknown) => this.logger.error(error));
      const tracked: Promise<void> = work.finally(() => {
        this.open.delete(tracked);
        this.wake();
      });
      this.open.add(tracked);
    }
    return taken.length;
  }

  private pause(): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, POLL_MS);
      this.nudge = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

const AT_ONCE = 16;
const POLL_MS = 250;
