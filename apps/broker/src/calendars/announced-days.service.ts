import { bayDay } from '@bayway/domain';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { CONFIG } from '@bayway/service';
import type { BrokerConfig } from '../config.js';
import { dayAfter } from './calendar.js';
import { daysOfYear, enter } from './days-of-year.js';
import { readHolidays } from './holidays-file.js';

/** From so many days before a new year on its notice is out as a rule, and filings reach into it. */
const AHEAD_DAYS = 45;

/** Takes in the Mainland's days of `HOLIDAYS_FILE`, and says when a year is missing. */
@Injectable()
export class AnnouncedDays implements OnModuleInit {
  private readonly logger = new Logger('calendar');

  constructor(@Inject(CONFIG) private readonly config: BrokerConfig) {}

  /** @throws SettingError for a file that is none */
  async onModuleInit(): Promise<void> {
    if (this.config.HOLIDAYS_FILE) enter(await readHolidays(this.config.HOLIDAYS_FILE));
  }

  /** Warns, in words an operator can act on, while a year that filings reach into is not known. */
  async check(today = bayDay(new Date())): Promise<void> {
    const year = Number(dayAfter(today, AHEAD_DAYS).slice(0, 4));
    if (await daysOfYear('cn', year)) return;
    this.logger.warn(
      `the holidays of the Mainland for ${year} are not known: a request whose contract is filed there by a day of ${year} ` +
        `is refused (request-facts-missing, calendar.holidays). Enter the notice of the State Council in HOLIDAYS_FILE ` +
        `and start again: docs/guides/enter-holidays.md`,
    );
  }
}
