import { Inject, Injectable } from '@nestjs/common';
import { CONFIG } from '@bayway/service';
import { DataSource, In } from 'typeorm';
import { z } from 'zod';
import { BrokerConfig } from '../config.js';
import { cursorOf, placeOf } from '../paging.js';
import { ImpactAssessmentEntity } from '../participants/impact-assessment.entity.js';
import { InstrumentEntity } from '../participants/instrument.entity.js';
import { filingOf } from './filing.js';
import { InstrumentReminderEntity } from './instrument-reminder.entity.js';
import type { InstrumentsPage, InstrumentsQuery, InstrumentView, RemindersPage } from './instrument-views.js';

const ORDER = ['i.holder', 'i.importer', 'i.recipient', 'i.kind', 'i.effectiveOn'];
const Place = z.tuple([z.string(), z.string(), z.string(), z.string(), z.iso.date()]);
const ReminderPlace = z.tuple([z.string().regex(/^\d{1,18}$/)]);

/** Reads what is on file, and what somebody was reminded of. */
@Injectable()
export class InstrumentsReader {
  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(CONFIG) private readonly config: BrokerConfig,
  ) {}

  /** Instruments in the order of holder, recipient and kind. @throws DomainError `request-invalid` for a cursor */
  async page({ holder, after, limit }: InstrumentsQuery): Promise<InstrumentsPage> {
    const query = this.db.manager.createQueryBuilder(InstrumentEntity, 'i').limit(limit + 1);
    for (const column of ORDER) query.addOrderBy(column);
    if (holder) query.andWhere('i.holder = :holder', { holder });
    if (after) {
      const [a, b, c, d, e] = placeOf(after, Place);
      query.andWhere(`(${ORDER.join(', ')}) > (:a, :b, :c, :d, :e)`, { a, b, c, d, e });
    }
    const rows = await query.getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return { items: await this.viewsOf(shown), next: last ? cursorOf(placeIn(last)) : null };
  }

  /** Reminders, the latest first. @throws DomainError `request-invalid` for a cursor */
  async reminders({ holder, after, limit }: InstrumentsQuery): Promise<RemindersPage> {
    const query = this.db.manager
      .createQueryBuilder(InstrumentReminderEntity, 'r')
      .orderBy('r.id', 'DESC')
      .limit(limit + 1);
    if (holder) query.andWhere('r.holder = :holder', { holder });
    if (after) query.andWhere('r.id < :id', { id: placeOf(after, ReminderPlace)[0] });
    const rows = await query.getMany();
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const open = await this.openAmong(shown);
    return {
      items: shown.map((row) => ({ ...row, remindedAt: row.remindedAt.toISOString(), isOpen: open.has(row.id) })),
      next: last ? cursorOf([last.id]) : null,
    };
  }

  /** Ids of reminders whose instrument is on file as it was when somebody was reminded. */
  private async openAmong(reminders: readonly InstrumentReminderEntity[]): Promise<ReadonlySet<string>> {
    const open: { id: string }[] = await this.db.query(
      `select r.id from instrument_reminder r join instrument i using (holder, importer, recipient, kind, effective_on)
        where r.id = any($1) and case r.reason when 'validity-ends' then i.valid_until = r.due_on
          else i.filed_on is null end`,
      [reminders.map(({ id }) => id)],
    );
    return new Set(open.map(({ id }) => id));
  }

  private async viewsOf(instruments: readonly InstrumentEntity[]): Promise<InstrumentView[]> {
    const holders = [...new Set(instruments.map(({ holder }) => holder))];
    const recipients = [...new Set(instruments.map(({ recipient }) => recipient))];
    const where = { holder: In(holders), recipient: In(recipients) };
    const assessments = await this.db.manager.findBy(ImpactAssessmentEntity, where);
    return Promise.all(instruments.map((instrument) => this.viewOf(instrument, assessments)));
  }

  private async viewOf(
    instrument: InstrumentEntity,
    assessments: readonly ImpactAssessmentEntity[],
  ): Promise<InstrumentView> {
    const { datasets, filedOn, filedWith, ...row } = instrument;
    const filing = await filingOf(instrument, this.config.JURISDICTION);
    const assessedOn = (dataset: string): string | null =>
      assessments.find((done) => isSamePair(done, instrument) && done.dataset === dataset)?.doneOn ?? null;
    return {
      ...row,
      filing: filing && { state: filing.state, dueOn: filing.dueOn, filedOn, filedWith },
      datasets: datasets.map((dataset) => ({ dataset, assessedOn: assessedOn(dataset) })),
    };
  }
}

type Pair = Pick<InstrumentEntity, 'holder' | 'importer' | 'recipient'>;

const isSamePair = (a: Pair, b: Pair): boolean =>
  a.holder === b.holder && a.importer === b.importer && a.recipient === b.recipient;

const placeIn = ({ holder, importer, recipient, kind, effectiveOn }: InstrumentEntity): string[] => [
  holder,
  importer,
  recipient,
  kind,
  effectiveOn,
];
