import type { Jurisdiction } from '@bayway/domain';
import { answerSchemas, itemSchemas } from '../connectors.js';
import type { Participant } from '../keys.js';
import { perJurisdiction } from '../topology.js';
import { OFFERS, type Offer } from './offers.js';
import { ON_FILE } from './on-file.js';
import { PARTIES } from './parties.js';

/** The partners and holders of the local run. */
export const PARTICIPANTS: readonly Participant[] = Object.entries(
  perJurisdiction((jurisdiction) => PARTIES[jurisdiction]),
).flatMap(([jurisdiction, parties]) => parties.map(({ id }) => ({ jurisdiction: jurisdiction as Jurisdiction, id })));

async function datasetOf(offer: Offer): Promise<object> {
  const schemas = await itemSchemas(offer.holder, offer.id);
  const drawn = await answerSchemas(offer.holder, offer.id);
  return {
    ...offer,
    items: offer.items.map((item) => ({ ...item, schema: schemas[item.id] })),
    answers: (offer.answers ?? []).map((answer) => ({ ...answer, schema: drawn[answer.id] })),
  };
}

/**
 * The participants file of a jurisdiction.
 * @param apps where partner apps listen, by participant; they are told there what concerns them
 */
export async function participantsOf(
  jurisdiction: Jurisdiction,
  apps: Readonly<Record<string, string>>,
): Promise<object> {
  const parties = PARTIES[jurisdiction].map((party) => {
    const app = apps[party.id];
    return app === undefined ? party : { ...party, webhook: `${app}/webhooks` };
  });
  return { parties, datasets: await Promise.all(OFFERS[jurisdiction].map(datasetOf)), ...ON_FILE[jurisdiction] };
}
