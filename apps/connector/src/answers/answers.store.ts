import { Inject, Injectable } from '@nestjs/common';
import { Transactions } from '@bayway/service';
import { LessThan, type EntityManager } from 'typeorm';
import type { Verified } from '../releases/orders.service.js';
import { AnswerGivenEntity } from './answer-given.entity.js';
import { assertMayAnswer, type Given } from './answer-limit.js';

const DAY_MS = 86_400_000;
/** The longest days of a limit. */
const KEPT_DAYS = 366;

/** Which answers were given lately, to whom, about whom: what the limit of a dataset is measured by. */
@Injectable()
export class AnswersStore {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  /** Before leave is asked for. @throws DomainError `request-answers-used-up` */
  assertOpen(verified: Verified, answering: Answering): Promise<void> {
    return this.check(this.transactions.db.manager, verified, answering);
  }

  /**
   * Counts answers as given, together with their release. Requests about one person take turns.
   * @throws DomainError `request-answers-used-up`
   */
  async count(tx: EntityManager, verified: Verified, answering: Answering): Promise<void> {
    const { person, answers } = answering;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4151))', [person]);
    await this.check(tx, verified, answering);
    const { order, request, importer } = verified;
    const about = { dataRequestId: order.dataRequestId, dataset: request.dataset, importer, recipient: request.iss };
    const givenAt = new Date();
    await tx.insert(
      AnswerGivenEntity,
      answers.map((answer) => ({ ...about, person, answer, givenAt })),
    );
  }

  /** Forgets what no limit looks back to any more. */
  async forget(): Promise<void> {
    const givenAt = LessThan(new Date(Date.now() - KEPT_DAYS * DAY_MS));
    await this.transactions.db.manager.delete(AnswerGivenEntity, { givenAt });
  }

  private async check(
    tx: EntityManager,
    { request, importer, dataset }: Verified,
    { person, answers }: Answering,
  ): Promise<void> {
    const given = await tx.query<Given[]>(
      `select answer, count(*)::int as times from answer_given
       where person = $1 and dataset = $2 and importer = $3 and recipient = $4 and given_at > $5 group by answer`,
      [person, request.dataset, importer, request.iss, new Date(Date.now() - dataset.answerLimit.days * DAY_MS)],
    );
    assertMayAnswer(answers, given, dataset.answerLimit);
  }
}

/** Whom a release answers about, and what. */
export type Answering = Readonly<{ person: string; answers: readonly string[] }>;
