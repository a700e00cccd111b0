import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';

/** Something that is done again and again: one run at a time, ended in order. What fails is tried at the next turn. */
export abstract class Worker implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private isBusy = false;
  private readonly logger: Logger;

  /** @param everyMs pause between two turns */
  protected constructor(
    name: string,
    private readonly everyMs: number,
  ) {
    this.logger = new Logger(name);
  }

  /** One turn; a number above 0 asks for another one at once. */
  abstract work(): Promise<number>;

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.turn(), this.everyMs);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private turn(): void {
    if (this.isBusy) return;
    this.isBusy = true;
    this.running = this.turns().finally(() => (this.isBusy = false));
  }

  private async turns(): Promise<void> {
    try {
      while (this.timer && (await this.work()) > 0);
    } catch (error) {
      this.logger.warn({ failure: (error as Error).message });
    }
  }
}
