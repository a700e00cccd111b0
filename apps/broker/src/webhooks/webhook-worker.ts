import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { WebhooksService } from './webhooks.service.js';

const POLL_MS = 250;
const AT_ONCE = 8;

/** Sends what is due, several at once; one slow partner delays nobody else for longer than an attempt. */
@Injectable()
export class WebhookWorker implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('webhooks');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(@Inject(WebhooksService) private readonly webhooks: WebhooksService) {}

  onApplicationBootstrap(): void {
    this.webhooks.onDue = () => this.look();
    this.timer = setInterval(() => this.look(), POLL_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    this.running ??= this.turn().finally(() => (this.running = null));
  }

  private async turn(): Promise<void> {
    try {
      const due = await this.webhooks.take(AT_ONCE);
      await Promise.all(due.map((webhook) => this.webhooks.deliver(webhook)));
    } catch (error) {
      this.logger.warn({ failure: (error as Error).message });
    }
  }
}
