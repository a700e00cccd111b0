import { AcknowledgementEntity } from './acknowledgements/acknowledgement.entity.js';
import { BulkWithdrawalEntity } from './administration/bulk-withdrawal.entity.js';
import { AskEntity } from './asks/ask.entity.js';
import { AskHistoryEntity } from './asks/ask-history.entity.js';
import { ShownEntity } from './asks/shown.entity.js';
import { ActEntity } from './consents/act.entity.js';
import { ConsentEntity } from './consents/consent.entity.js';
import { HistoryEntity } from './consents/history.entity.js';
import { ReceiptEntity } from './consents/receipt.entity.js';
import { Consents1800000000000 } from './migrations/1800000000000-consents.js';
import { Withdrawals1800000020000 } from './migrations/1800000020000-withdrawals.js';
import { Notifications1800000020100 } from './migrations/1800000020100-notifications.js';
import { Administration1800000020200 } from './migrations/1800000020200-administration.js';
import { FactsByHolder1800000100000 } from './migrations/1800000100000-facts-by-holder.js';
import { CountingKeys1800000110000 } from './migrations/1800000110000-counting-keys.js';
import { ConsentStates1800000010000 } from './migrations/1800000010000-consent-states.js';
import { Representations1800000010200 } from './migrations/1800000010200-representations.js';
import { NoticeVersions1800000010400 } from './migrations/1800000010400-notice-versions.js';
import { NoticeTelling1800000210000 } from './migrations/1800000210000-notice-telling.js';
import { SaltsOfAsks1800000220000 } from './migrations/1800000220000-salts-of-asks.js';
import { Search1800000230000 } from './migrations/1800000230000-search.js';
import { Mandates1800000240000 } from './migrations/1800000240000-mandates.js';
import { NoticeDraftEntity, NoticeVersionEntity } from './notices/notice-version.entity.js';
import { NotificationEntity } from './notifications/notification.entity.js';
import { SettingsEntity } from './notifications/settings.entity.js';
import { ObjectionEntity } from './objections/objection.entity.js';
import { PermitEntity } from './permits/permit.entity.js';
import { UseEntity } from './permits/use.entity.js';
import { RepresentationEndEntity, RepresentationEntity } from './representations/representation.entity.js';
import { WithdrawalEntity } from './withdrawals/withdrawal.entity.js';

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
    WithdrawalEntity,
    NotificationEntity,
    SettingsEntity,
    ObjectionEntity,
    BulkWithdrawalEntity,
  ],
  migrations: [
    Consents1800000000000,
    ConsentStates1800000010000,
    Representations1800000010200,
    NoticeVersions1800000010400,
    Withdrawals1800000020000,
    Notifications1800000020100,
    Administration1800000020200,
    FactsByHolder1800000100000,
    CountingKeys1800000110000,
    NoticeTelling1800000210000,
    SaltsOfAsks1800000220000,
    Search1800000230000,
    Mandates1800000240000,
  ],
};
