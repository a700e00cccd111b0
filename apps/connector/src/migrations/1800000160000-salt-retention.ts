import { createSaltRetention, dropSaltRetention } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When consents ended, and the end of salts years after. */
export class SaltRetention1800000160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createSaltRetention(runner);
    // Ends of before this was kept.
    await runner.query(
      'insert into salt_retention (consent_id, ended_at) select consent_id, ended_at from ended_consent',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropSaltRetention(runner);
  }
}
