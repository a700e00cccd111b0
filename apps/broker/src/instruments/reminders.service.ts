import { bayDay } from '@bayway/domain';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { CONFIG, recordEvidence, Transactions } from '@bayway/service';
import { IsNull, Not } from 'typeorm';
import { BrokerConfig } from '../config.js';
import { InstrumentEntity } from '../participants/instrument.entity.js';
import { filingOf } from './filing.js';
import { InstrumentReminderEntity } from './instrument-reminder.entity.js';
import { remindersOf, type Reminder } from './reminder.js';

/** Finds what is due soon among the instruments on file, and says it once. */
@Injectable()
export class RemindersService {
  private readonly logger = new Logger('reminders');
  constructor(
    @Inject(CONFIG) private readonly config: BrokerConfig,
    @Inject(Transactions) private readonly transactions: Transactions,
  ) {}

  /** Goes through the instruments that may ask for something, a thousand at a time; answers how many reminders were new. */
  async remind(now = new Date()): Promise<number> {
    let fresh = 0;
    for (let page = 0; ; page += 1) {
      const instruments = await this.transactions.db.manager.find(InstrumentEntity, {
        where: [{ filedOn: IsNull() }, { validUntil: Not(IsNull()) }],
        order: { holder: 'ASC', importer: 'ASC', recipient: 'ASC', kind: 'ASC', effectiveOn: 'ASC' },
        skip: page * PAGE,
        take: PAGE,
      });
      for (const instrument of instruments) fresh += await this.remindOf(instrument, now);
      if (instruments.length < PAGE) return fresh;
    }
  }

  private async remindOf(instrument: InstrumentEntity, now: Date): Promise<number> {
    const filing = await filingOf(instrument, this.config.JURISDICTION);
    const days = { today: bayDay(now), days: this.config.REMIND_DAYS };
    let fresh = 0;
    for (const reminder of remindersOf(instrument, filing, days)) fresh += await this.say(instrument, reminder, now);
    return fresh;
  }

  /** INVARIANT: unique (instrument, reason). Whoever else says it was faster, or said it before. */
  private say(instrument: InstrumentEntity, { reason, dueOn }: Reminder, now: Date): Promise<number> {
    const { holder, importer, recipient, kind, effectiveOn } = instrument;
    return this.transactions.run(async (tx) => {
      const named = { holder, importer, recipient, kind, effectiveOn };
      const row = { ...named, reason, dueOn, remindedAt: now };
      const insert = tx.createQueryBuilder().insert().into(InstrumentReminderEntity).values(row).orIgnore();
      const inserted = (await insert.returning('id').execute()).raw as unknown[];
      if (inserted.length === 0) return 0;
      await recordEvidence(tx, 'instrument.reminded', { ...named, reason, dueOn });
      this.logger.warn({ reminder: reason, ...named, dueOn });
      return 1;
    });
  }
}

const PAGE = 1_000;
