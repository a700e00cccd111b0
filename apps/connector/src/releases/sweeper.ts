import { Transactions } from '@bayway/service';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AnswersStore } from '../answers/answers.store.js';
import { ComparisonsService } from '../carried/comparisons.service.js';
import { Staging } from '../staging/staging.js';
import { DestructionService } from './destruction.service.js';
import { ReleasesStore } from './releases.store.js';

/** Destroys what nobody fetched in time, and files that a killed process left without a row. */
@Injectable()
export class Sweeper implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('sweeper');
  private timer: NodeJS.Timeout | undefined;
  private sweeping: Promise<void> = Promise.resolve();
  @Inject(ReleasesStore) private readonly store!: ReleasesStore;
  @Inject(DestructionService) private readonly destruction!: DestructionService;
  @Inject(AnswersStore) private readonly answers!: AnswersStore;
  @Inject(ComparisonsService) private readonly comparisons!: ComparisonsService;
  @Inject(Staging) private readonly staging!: Staging;
  @Inject(Transactions) private readonly transactions!: Transactions;

  onApplicationBootstrap(): void {
    const sweep = (): void => {
      this.sweeping = this.sweeping.then(() => this.sweep()).catch((error: unknown) => this.logger.error(error));
    };
    sweep();
    this.timer = setInterval(sweep, SWEEP_MS);
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.sweeping;
  }

  /** One round. */
  async sweep(): Promise<void> {
    for (const { dataRequestId } of await this.store.overdue(new Date()))
      await this.transactions.run((tx) => this.destruction.expire(tx, dataRequestId));
    const old = await this.staging.writtenBefore(new Date(Date.now() - ORPHAN_MS));
    for (const file of await this.store.orphans(old)) {
      await this.staging.remove(file);
      this.logger.warn({ orphan: file });
    }
    await this.answers.forget();
    await this.comparisons.forget();
  }
}

const SWEEP_MS = 15_000;
/** A file this old and without a row is of no release: its row is written within a second. */
const ORPHAN_MS = 60_000;
