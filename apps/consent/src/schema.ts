import { AcknowledgementEntity } from './acknowledgements/acknowledgement.entity.js';
import { AskEntity } from './asks/ask.entity.js';
import { AskHistoryEntity } from './asks/ask-history.entity.js';
import { ShownEntity } from './asks/shown.entity.js';
import { ActEntity } from './consents/act.entity.js';
import { ConsentEntity } from './consents/consent.entity.js';
import { HistoryEntity } from './consents/history.entity.js';
import { ReceiptEntity } from './consents/receipt.entity.js';
import { Consents1800000000000 } from './migrations/1800000000000-consents.js';
import { FactsByHolder1800000100000 } from './migrations/1800000100000-facts-by-holder.js';
import { ConsentStates1800000010000 } from './migrations/1800000010000-consent-states.js';
import { Representations1800000010200 } from './migrations/1800000010200-representations.js';
import { NoticeVersions1800000010400 } from './migrations/1800000010400-notice-versions.js';
import { NoticeDraftEntity, NoticeVersionEntity } from './notices/notice-version.entity.js';
import { PermitEntity } from './permits/permit.entity.js';
import { UseEntity } from './permits/use.entity.js';
import { RepresentationEndEntity, RepresentationEntity } from './representations/representation.entity.js';

/** Tables and migrations of this service. */
export const schema = {
  entities: [
    AskEntity,
    ShownEntity,
    AskHistoryEntity,
    NoticeDraftEntity,
    NoticeVersionEntity,
    RepresentationEntity,
    RepresentationEndEntity,
    ConsentEntity,
    HistoryEntity,
    ActEntity,
    ReceiptEntity,
    UseEntity,
    PermitEntity,
    AcknowledgementEntity,
  ],
  migrations: [
    Consents1800000000000,
    ConsentStates1800000010000,
    Representations1800000010200,
    NoticeVersions1800000010400,
    FactsByHolder1800000100000,
  ],
};
