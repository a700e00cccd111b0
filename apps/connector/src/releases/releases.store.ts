import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { ConsentId, DataRequestId, Jurisdiction } from '@bayway/domain';
import { Transactions } from '@bayway/service';
import { IsNull, LessThan, Not, QueryFailedError, type EntityManager } from 'typeorm';
import { EndedConsentEntity } from './ended-consent.entity.js';
import { ReleaseEntity } from './release.entity.js';

/** Releases as rows. */
@Injectable()
export class ReleasesStore {
  constructor(@Inject(Transactions) private readonly transactions: Transactions) {}

  find(dataRequestId: DataRequestId): Promise<ReleaseEntity | null> {
    return this.transactions.db.manager.findOneBy(ReleaseEntity, { dataRequestId });
  }

  /** Whether a record was released for this signed request, under whatever id. */
  wasReleased(request: { importer: Jurisdiction; recipient: string; jti: string }): Promise<boolean> {
    return this.transactions.db.manager.existsBy(ReleaseEntity, request as never);
  }

  /** Staged releases whose time is over. */
  overdue(at: Date): Promise<ReleaseEntity[]> {
    const where = { file: Not(IsNull()), availableUntil: LessThan(at) };
    return this.transactions.db.manager.find(ReleaseEntity, { where, order: { availableUntil: 'ASC' }, take: 200 });
  }

  /** Which of these files belong to no staged release. */
  async orphans(files: readonly string[]): Promise<string[]> {
    const rows = await this.transactions.db.query<{ file: string }[]>('select file from release where file = any($1)', [
      files,
    ]);
    const staged = new Set(rows.map(({ file }) => file));
    return files.filter((file) => !staged.has(file));
  }

  /** Staging and the end of a consent take turns: whichever is second sees the first. */
  async lockConsent(tx: EntityManager, consentId: ConsentId): Promise<void> {
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 4150))', [consentId]);
  }

  hasEnded(tx: EntityManager, consentId: ConsentId): Promise<boolean> {
    return tx.existsBy(EndedConsentEntity, { consentId });
  }
}

/**
 * Runs `work` and words what the table's constraints refuse; null when another instance released the same request meanwhile.
 * INVARIANT: one release per data request, per signed request and per permit.
 * @throws DomainError `permit-replayed`, `data-request-replayed`
 */
export async function once<T>(work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    const driver = error instanceof QueryFailedError ? (error.driverError as { constraint?: string }) : {};
    if (driver.constraint === 'release_data_request') return null;
    if (driver.constraint === 'release_permit') throw new DomainError('permit-replayed', {}, { cause: error });
    if (driver.constraint === 'release_request') throw new DomainError('data-request-replayed', {}, { cause: error });
    throw error;
  }
}
