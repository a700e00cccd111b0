import type { OfferView } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { CATEGORIES } from '@bayway/trust-rules';
import { asItem, isSensitive } from '../assessments/parts.js';
import type { DatasetEntity } from '../participants/dataset.entity.js';
import type { DatasetItem } from '../participants/participants-file.js';
import type { PartyEntity } from '../participants/party.entity.js';

/**
 * A dataset as partners find it. Hong Kong has no statutory class of sensitive data; in the Mainland the category or the
 * holder says so (PIPL 28), in Macao the class of the category (Law 8/2005 article 7).
 */
export const offerOf = (exporter: Jurisdiction, holder: PartyEntity, dataset: DatasetEntity): OfferView => ({
  exporter,
  holder: { id: holder.id, name: holder.name, place: holder.place, kind: holder.kind },
  dataset: { id: dataset.id, name: dataset.name },
  satisfies: dataset.satisfies,
  subjects: dataset.subjects,
  level: dataset.level,
  modes: dataset.modes,
  items: dataset.items.map(viewOf),
  answers: dataset.answers.map((answer) => ({ ...viewOf(asItem(answer, dataset)), of: answer.of })),
  serviceLevel: dataset.serviceLevel,
});

const viewOf = (item: DatasetItem) => ({
  ...{ id: item.id, name: item.name, category: item.category, keepYears: item.keepYears ?? null },
  sensitive: { hk: false, mo: CATEGORIES[item.category].classMo === 'sensitive', cn: isSensitive(item) },
});
