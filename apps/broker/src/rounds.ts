import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AnnouncedDays } from './calendars/announced-days.service.js';
import { CancellationsService } from './data-requests/cancellations.service.js';
import { CountersStore } from './counters/counters.store.js';
import { RemindersService } from './instruments/reminders.service.js';

const MINUTE_MS = 60_000;

/** What time alone brings about. Each task may run in several instances at once, and twice. */
@Injectable()
export class Rounds implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('rounds');
  private readonly timers: NodeJS.Timeout[] = [];
  private running: Promise<void> = Promise.resolve();

  @Inject(CountersStore) private readonly counters!: CountersStore;
  @Inject(RemindersService) private readonly reminders!: RemindersService;
  @Inject(CancellationsService) private readonly cancellations!: CancellationsService;
  @Inject(AnnouncedDays) private readonly announcedDays!: AnnouncedDays;

  onApplicationBootstrap(): void {
    this.every(2_000, () => this.cancellations.expireOverdue());
    this.every(MINUTE_MS, () => this.counters.freeExpired());
    this.every(60 * MINUTE_MS, () => this.reminders.remind());
    this.every(24 * 60 * MINUTE_MS, () => this.announcedDays.check());
  }

  async onModuleDestroy(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await this.running;
  }

  /** At once, and then after each interval; one task at a time. */
  private every(intervalMs: number, task: () => Promise<unknown>): void {
    const round = (): void => {
      this.running = this.running.then(task).then(
        () => undefined,
        (error: unknown) => this.logger.warn({ failure: (error as Error).message }),
      );
    };
    round();
    this.timers.push(setInterval(round, intervalMs).unref());
  }
}
