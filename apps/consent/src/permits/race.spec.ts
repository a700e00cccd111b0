import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issuePermit, type ConsentView } from '@bayway/contracts';
import { newPermitRequest } from '../../test/factories.js';
import { codeOf, World, type Resident } from '../../test/world.js';
import { ConsentsService } from '../consents/consents.service.js';
import { PermitsService } from './permits.service.js';

let world: World;
let her: Resident;
let template: string;
beforeAll(async () => {
  world = await World.start();
  her = world.resident();
  ({ consentId: template } = await her.consent());
});
afterAll(() => world.stop());

type Consent = Readonly<{ consentId: string; subjectHandle: string }>;
type Way = Readonly<{
  withdraw: (consent: Consent) => Promise<Pick<ConsentView, 'state' | 'uses'>>;
  permit: (consent: Consent) => Promise<unknown>;
}>;

const pause = (ms: number): Promise<void> =>
  new Promise((done) => (ms > 0 ? setTimeout(done, ms) : setImmediate(done)));

/** Starts both sides of a race `leadMs` apart; below zero the permit has the lead. */
async function race(way: Way, leadMs: number): Promise<boolean> {
  const consent = await world.copyOf(template);
  const [withdrawn, permit] = await Promise.all([
    pause(-leadMs).then(() => way.withdraw(consent)),
    pause(leadMs).then(() => codeOf(way.permit(consent))),
  ]);
  expect(withdrawn.state).toBe('withdrawn');
  expect(['accepted', 'consent-withdrawn']).toContain(permit);
  // What was permitted had committed first, so that the withdrawal names it; what it does not name was refused.
  expect(withdrawn.uses).toHaveLength(permit === 'accepted' ? 1 : 0);
  expect(await codeOf(way.permit(consent))).toBe('consent-withdrawn');
  return permit === 'accepted';
}

/** Runs races, moving the lead towards whoever lost last, so that both orders keep happening at close quarters. */
async function races(way: Way, runs: number): Promise<{ permitted: number; refused: number }> {
  const outcomes = { permitted: 0, refused: 0 };
  let leadMs = 0;
  for (let run = 0; run < runs; run += 1) {
    const permitted = await race(way, leadMs);
    outcomes[permitted ? 'permitted' : 'refused'] += 1;
    leadMs += permitted ? 1 : -1;
  }
  return outcomes;
}

/** Permits whose row is younger than the withdrawal of their consent. */
const late = () =>
  world.query(
    `select p.jti from permit p join consent_use u using (data_request_id)
       join consent_history h on h.consent_id = u.consent_id and h.state = 'withdrawn'
      where p.issued_at > h.at`,
  );

describe('withdrawal against release', () => {
  it('never lets one start after the withdrawal was confirmed: 60 races in the service', async () => {
    const consents = world.service.app.get(ConsentsService);
    const permits = world.service.app.get(PermitsService);
    const outcomes = await races(
      {
        withdraw: ({ consentId }) => consents.withdraw(consentId, her.id),
        permit: (consent) => permits.issue(newPermitRequest({ ...consent }) as never),
      },
      60,
    );
    expect(outcomes.permitted).toBeGreaterThan(5);
    expect(outcomes.refused).toBeGreaterThan(5);
    expect(await late()).toEqual([]);
  }, 120_000);

  it('nor when she comes by HTTP and the connector by NATS: 40 races', async () => {
    const outcomes = await races(
      {
        withdraw: async ({ consentId }) =>
          (await her.call('POST', `/me/consents/${consentId}/withdrawal`)).body as unknown as ConsentView,
        permit: (consent) => world.bus.ask(issuePermit, newPermitRequest({ ...consent }) as never),
      },
      40,
    );
    expect(outcomes.permitted).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
    expect(await late()).toEqual([]);
  }, 60_000);
});
