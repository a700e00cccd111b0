import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Salts of an ask go with those of the consent that it led to: its records do not name the consent. */
export class SaltsOfAsks1800000220000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.define(runner, "or record->>'askId' = (select c.ask_id::text from consent c where c.id = consent)");
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.define(runner, '');
  }

  private async define(runner: QueryRunner, besides: string): Promise<void> {
    await runner.query(`
      create or replace function destroy_salts(consent uuid, years integer) returns integer
        language plpgsql security definer set search_path = public, pg_temp as $$
      declare destroyed integer;
      begin
        if years < 7 or not exists (
          select 1 from consent c where c.id = consent and c.ended_at < now() - make_interval(years => years)) then
          raise exception 'salts of consent % are kept', consent;
        end if;
        update evidence_record set salt = null
         where salt is not null and (record->>'consentId' = consent::text ${besides});
        get diagnostics destroyed = row_count;
        return destroyed;
      end $$`);
  }
}
