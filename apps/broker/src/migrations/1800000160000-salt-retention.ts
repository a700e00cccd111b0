import { createSaltRetention, dropSaltRetention } from '@bayway/service';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When consents ended, and the end of salts years after. */
export class SaltRetention1800000160000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createSaltRetention(runner);
    // Ends of before this was kept: of this side's consents, and of those abroad.
    await runner.query(`
      insert into salt_retention (consent_id, ended_at)
      select consent_id, max(ended_at) from
        (select consent_id, ended_at from consent_end union all select consent_id, ended_at from ended_consent) e
       group by consent_id`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await dropSaltRetention(runner);
  }
}
