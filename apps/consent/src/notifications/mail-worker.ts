import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG } from '@bayway/service';
import { DataSource } from 'typeorm';
import type { ConsentConfig } from '../config.js';
import { Worker } from '../worker.js';
import { isFinal, MAX_ATTEMPTS, waitMs } from './mail-rules.js';
import { claimMail, settleMail, type Claimed } from './mail.store.js';
import { mailAbout } from './mail-text.js';
import { Mailer } from './mailer.js';
import { AddressSeal } from './seal.js';

/** Sends the mails that are due. A line that was sent is never sent again; one whose outcome is unknown may be. */
@Injectable()
export class MailWorker extends Worker {
  private readonly log = new Logger('mail');
  private readonly seal: AddressSeal;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: ConsentConfig,
  ) {
    super('mail', 1_000);
    this.seal = new AddressSeal(config.KEK);
  }

  /** Sends one mail, of one event or of a day's. @returns how many events it was about */
  async work(at: Date = new Date()): Promise<number> {
    if (!this.mailer.isOn) return 0;
    const claimed = await claimMail(this.db, at);
    if (!claimed) return 0;
    const outcome = await this.send(claimed).catch((error: unknown) => ({ error }));
    await this.settle(claimed, outcome);
    return claimed.told.length;
  }

  private async send({ told, settings }: Claimed): Promise<{ error: unknown } | null> {
    const first = told[0];
    // She took her address away in the meantime.
    if (!first || !settings?.address) return { error: Object.assign(new Error('no address'), { responseCode: 550 }) };
    const text = mailAbout(told, { language: settings.language, portal: this.config.CONSOLE_URL });
    const to = await this.seal.open(settings.subjectId, settings.address);
    await this.mailer.send(to, text, first.id);
    return null;
  }

  private async settle({ told }: Claimed, outcome: { error: unknown } | null): Promise<void> {
    const ids = told.map(({ id }) => id);
    if (!outcome) return settleMail(this.db, ids, { mail: 'sent', mailAt: new Date() });
    const attempts = Math.max(...told.map(({ mailAttempts }) => mailAttempts));
    const isOver = isFinal(outcome.error) || attempts >= MAX_ATTEMPTS;
    // INVARIANT: the error's text may hold the address; only its code is logged.
    const { code, responseCode } = outcome.error as { code?: string; responseCode?: number };
    this.log.warn({ mail: ids[0], attempts, isOver, code, responseCode });
    if (isOver) return settleMail(this.db, ids, { mail: 'failed', mailAt: null });
    const mailAt = new Date(Date.now() + waitMs(attempts));
    return settleMail(this.db, ids, { mail: told.length > 1 ? 'digest' : 'waiting', mailAt });
  }
}
