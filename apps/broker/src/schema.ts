import type { Schema } from '@bayway/service';
import { AssessedFlowEntity } from './assessments/assessed-flow.entity.js';
import { AssessmentEntity } from './assessments/assessment.entity.js';
import { ConsentEndEntity } from './consent-ends/consent-end.entity.js';
import { EndedConsentEntity } from './consent-ends/ended-consent.entity.js';
import { DataRequestEntity } from './data-requests/data-request.entity.js';
import { EndStatementEntity } from './end-statements/end-statement.entity.js';
import { IncomingRequestEntity } from './incoming-requests/incoming-request.entity.js';
import { InstrumentReminderEntity } from './instruments/instrument-reminder.entity.js';
import { Broker1700000001000 } from './migrations/1700000001000-broker.js';
import { FactsByHolder1700000001100 } from './migrations/1700000001100-facts-by-holder.js';
import { Rules1700000002000 } from './migrations/1700000002000-rules.js';
import { Webhooks1800000020000 } from './migrations/1800000020000-webhooks.js';
import { Authorisations1800000060000 } from './migrations/1800000060000-authorisations.js';
import { Offers1800000070000 } from './migrations/1800000070000-offers.js';
import { Answers1800000080000 } from './migrations/1800000080000-answers.js';
import { RequestSteps1800000090000 } from './migrations/1800000090000-request-steps.js';
import { Traffic1800000120000 } from './migrations/1800000120000-traffic.js';
import { Metering1800000130000 } from './migrations/1800000130000-metering.js';
import { SaltRetention1800000160000 } from './migrations/1800000160000-salt-retention.js';
import { AuthorisationEntity } from './participants/authorisation.entity.js';
import { DatasetEntity } from './participants/dataset.entity.js';
import { ImpactAssessmentEntity } from './participants/impact-assessment.entity.js';
import { InstrumentEntity } from './participants/instrument.entity.js';
import { PartyEntity } from './participants/party.entity.js';
import { WebhookEntity } from './webhooks/webhook.entity.js';

/** Tables of the broker. */
export const schema: Schema = {
  entities: [
    PartyEntity,
    DatasetEntity,
    InstrumentEntity,
    ImpactAssessmentEntity,
    AuthorisationEntity,
    AssessmentEntity,
    AssessedFlowEntity,
    DataRequestEntity,
    IncomingRequestEntity,
    EndedConsentEntity,
    ConsentEndEntity,
    InstrumentReminderEntity,
    EndStatementEntity,
    WebhookEntity,
  ],
  migrations: [
    Broker1700000001000,
    FactsByHolder1700000001100,
    Rules1700000002000,
    Webhooks1800000020000,
    Authorisations1800000060000,
    Offers1800000070000,
    Answers1800000080000,
    RequestSteps1800000090000,
    Traffic1800000120000,
    Metering1800000130000,
    SaltRetention1800000160000,
  ],
};
