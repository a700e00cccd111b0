import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG } from '@bayway/service';
import { createTransport, type Transporter } from 'nodemailer';
import type { ConsentConfig } from '../config.js';
import type { MailText } from './mail-text.js';

/** Hands mails to the mail server of this jurisdiction. Without `SMTP_URL` there is none, and nothing is sent. */
@Injectable()
export class Mailer implements OnModuleDestroy {
  private readonly transport: Transporter | null;

  constructor(@Inject(CONFIG) private readonly config: ConsentConfig) {
    const { SMTP_URL: url } = config;
    const waits = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000 };
    this.transport = url === undefined ? null : createTransport({ url, pool: true, maxConnections: 2, ...waits });
  }

  get isOn(): boolean {
    return this.transport !== null;
  }

  /**
   * Returns once the server has taken the mail; rejects with its answer otherwise.
   * @param id the same for every attempt at one mail, so that a server or reader can tell a second one
   */
  async send(to: string, { subject, text }: MailText, id: string): Promise<void> {
    const { host } = new URL(this.config.BASE_URL);
    const headers = { 'Auto-Submitted': 'auto-generated' };
    const messageId = `<${id}@${host.replace(/:\d+$/, '')}>`;
    await this.transport?.sendMail({ from: this.config.MAIL_FROM, to, subject, text, messageId, headers });
  }

  onModuleDestroy(): void {
    this.transport?.close();
  }
}
