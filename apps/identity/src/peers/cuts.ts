import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { Sessions } from '../sessions/sessions.service.js';
import { PeerPolicies } from './peer-policy.js';

const EVERY_MS = 2_000;

/** Ends what began by way of a peer that is cut off. Again and again: a sign-in may have been on its way at that moment. */
@Injectable()
export class Cuts implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('peer-policy');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    @Inject(PeerPolicies) private readonly policies: PeerPolicies,
    @Inject(Sessions) private readonly sessions: Sessions,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.end(), EVERY_MS);
    this.timer.unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  /** @returns how many sessions ended */
  async end(): Promise<number> {
    let count = 0;
    for (const peer of this.policies.cut()) {
      const ended = await this.sessions.endAllFrom(peer).catch((error: unknown) => {
        this.logger.error({ peer, failure: (error as Error).message });
        return 0;
      });
      if (ended > 0) this.logger.warn({ peer, ended });
      count += ended;
    }
    return count;
  }
}
