import type { Schema } from '@bayway/service';
import { AnswerGivenEntity } from './answers/answer-given.entity.js';
import { CarriedRecordEntity } from './carried/carried-record.entity.js';
import { Connector1700000002000 } from './migrations/1700000002000-connector.js';
import { ReleaseStatement1700000002100 } from './migrations/1700000002100-release-statement.js';
import { Answers1800000080000 } from './migrations/1800000080000-answers.js';
import { CarriedRecords1800000081000 } from './migrations/1800000081000-carried-records.js';
import { SaltRetention1800000160000 } from './migrations/1800000160000-salt-retention.js';
import { EndedConsentEntity } from './releases/ended-consent.entity.js';
import { ReleaseEntity } from './releases/release.entity.js';

/** Tables of a connector. */
export const schema: Schema = {
  entities: [ReleaseEntity, EndedConsentEntity, AnswerGivenEntity, CarriedRecordEntity],
  migrations: [
    Connector1700000002000,
    ReleaseStatement1700000002100,
    Answers1800000080000,
    CarriedRecords1800000081000,
    SaltRetention1800000160000,
  ],
};
