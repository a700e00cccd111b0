import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of requests by time, and the records of one request, without reading whole tables. */
export class Traffic1800000120000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index data_request_at on data_request (created_at, id);
      create index incoming_request_at on incoming_request (arrived_at, id);
      create index assessment_not_asked on assessment (made_at, flow_id) where stage = 'ask' and not proceeds;
      create index evidence_record_data_request on evidence_record ((record->>'dataRequestId'));
      create index evidence_record_flow on evidence_record ((record->>'flowId'));`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`drop index data_request_at, incoming_request_at, assessment_not_asked,
      evidence_record_data_request, evidence_record_flow`);
  }
}
