import { randomInt } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError, type ChangeNotificationSettings, type NotificationSettingsView } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import { CONFIG } from '@bayway/service';
import { DataSource, type EntityManager } from 'typeorm';
import type { ConsentConfig } from '../config.js';
import { DEFAULT_CHOICES } from './mail-rules.js';
import { mailWithCode } from './mail-text.js';
import { Mailer } from './mailer.js';
import { AddressSeal, masked } from './seal.js';
import { SettingsEntity } from './settings.entity.js';

const CODE_MS = 30 * 60_000;
const CODE_TRIES = 5;
/** New codes for one resident in a day: a mailbox of somebody else is not to be filled. */
const CODES_A_DAY = 5;
const DAY_MS = 86_400_000;

const NONE = { address: null, awaiting: null, codeDigest: null, codeUntil: null, codeTries: 0 } as const;

/** How she wants to be told. An address counts once she has typed the code that was sent to it. */
@Injectable()
export class SettingsService {
  private readonly logger = new Logger('settings');
  private readonly seal: AddressSeal;

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Mailer) private readonly mailer: Mailer,
    @Inject(CONFIG) private readonly config: ConsentConfig,
  ) {
    this.seal = new AddressSeal(config.KEK);
  }

  async view(subjectId: string): Promise<NotificationSettingsView> {
    return this.toView((await this.db.manager.findOneBy(SettingsEntity, { subjectId })) ?? initial(subjectId));
  }

  /** @throws DomainError `service-unavailable` after too many codes in a day, or when mail is switched off */
  async change(subjectId: string, change: ChangeNotificationSettings): Promise<NotificationSettingsView> {
    const { address, language, mail } = change;
    const code = address ? String(randomInt(1e8)).padStart(8, '0') : null;
    const row = await this.db.transaction(async (tx) => {
      const now = await locked(tx, subjectId);
      const plain = {
        ...now,
        language: language ?? now.language,
        mail: { ...now.mail, ...mail },
        updatedAt: new Date(),
      };
      const next = address === undefined ? plain : { ...plain, ...(await this.addressed(now, address, code)) };
      return tx.save(SettingsEntity, next);
    });
    if (address && code) this.sendCode(address, code, row);
    return this.toView(row);
  }

  private async addressed(
    now: SettingsEntity,
    address: string | null,
    code: string | null,
  ): Promise<Partial<SettingsEntity>> {
    if (address === null || code === null) return NONE;
    if (!this.mailer.isOn) throw new DomainError('service-unavailable', { detail: 'no mails are sent here' });
    const at = new Date();
    const isNewDay = now.codesSince === null || at.getTime() - now.codesSince.getTime() > DAY_MS;
    const codesSent = isNewDay ? 1 : now.codesSent + 1;
    if (codesSent > CODES_A_DAY) throw new DomainError('service-unavailable', { detail: 'too many codes in one day' });
    return {
      awaiting: await this.seal.close(now.subjectId, address),
      codeDigest: digestOf(`${now.subjectId}\n${code}`),
      codeUntil: new Date(at.getTime() + CODE_MS),
      codeTries: 0,
      codesSent,
      codesSince: isNewDay ? at : now.codesSince,
    };
  }

  /** What fails is not held against her: she asks for another code. */
  private sendCode(address: string, code: string, { language, updatedAt, subjectId }: SettingsEntity): void {
    const text = mailWithCode(code, { language, portal: this.config.CONSOLE_URL });
    const id = digestOf(`${subjectId}\n${updatedAt.toISOString()}`);
    void this.mailer.send(address, text, id).catch((error: unknown) => {
      const { code: reason, responseCode } = error as { code?: string; responseCode?: number };
      this.logger.warn({ mail: 'code', reason, responseCode });
    });
  }

  /** @throws DomainError `mail-address-missing`, `mail-code-wrong` */
  async confirm(subjectId: string, code: string): Promise<NotificationSettingsView> {
    const row = await this.db.transaction(async (tx) => {
      const now = await locked(tx, subjectId);
      if (!now.awaiting || !now.codeUntil) throw new DomainError('mail-address-missing');
      const isOpen = now.codeTries < CODE_TRIES && new Date() < now.codeUntil;
      if (isOpen && now.codeDigest === digestOf(`${subjectId}\n${code}`))
        return tx.save(SettingsEntity, { ...now, ...NONE, address: now.awaiting, updatedAt: new Date() });
      const codeTries = Math.min(now.codeTries + 1, CODE_TRIES);
      await tx.update(SettingsEntity, { subjectId }, { codeTries });
      return null;
    });
    if (!row) throw new DomainError('mail-code-wrong');
    return this.toView(row);
  }

  private async toView(row: SettingsEntity): Promise<NotificationSettingsView> {
    const { subjectId, language, mail, address, awaiting } = row;
    const shown = async (sealed: string | null): Promise<string | null> =>
      sealed === null ? null : masked(await this.seal.open(subjectId, sealed));
    return {
      language,
      mail: { ...DEFAULT_CHOICES, ...mail },
      address: await shown(address),
      awaiting: await shown(awaiting),
    };
  }
}

const initial = (subjectId: string): SettingsEntity => ({
  ...NONE,
  subjectId,
  language: 'zh-Hant',
  mail: DEFAULT_CHOICES,
  codesSent: 0,
  codesSince: null,
  updatedAt: new Date(),
});

async function locked(tx: EntityManager, subjectId: string): Promise<SettingsEntity> {
  await tx.createQueryBuilder().insert().into(SettingsEntity).values(initial(subjectId)).orIgnore().execute();
  return tx.findOneOrFail(SettingsEntity, { where: { subjectId }, lock: { mode: 'pessimistic_write' } });
}
