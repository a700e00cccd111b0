import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issuePermit } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { newPermitRequest } from '../../test/factories.js';
import { codeOf, officer, World, type Resident } from '../../test/world.js';
import { InformingService } from './informing.service.js';
import { aboutOf, noticeFor } from './notice.js';

const id = 'bank-statement/account-review/cn-hk';
const about = { dataset: 'bank-statement', purpose: { code: 'account-review' } };
const built = noticeFor(aboutOf(id)).texts;

let world: World;
let rules: Resident;
let informing: InformingService;
beforeAll(async () => {
  world = await World.start();
  rules = world.resident();
  informing = world.service.app.get(InformingService);
});
afterAll(() => world.stop());

/** Publishes the notice with another text in every language. */
async function publish(part: string, text: string, effectiveFrom?: string): Promise<void> {
  const texts = Object.fromEntries(LANGUAGES.map((language) => [language, { ...built[language], [part]: text }]));
  const role = officer('rules-officer');
  expect((await rules.call('PUT', '/admin/notices/draft', role, { id, texts })).status).toBe(200);
  const published = { id, ...(effectiveFrom ? { effectiveFrom } : {}) };
  expect((await rules.call('POST', '/admin/notices/publication', role, published)).status).toBe(201);
}
const linesOf = async ({ id: subjectId }: Resident): Promise<(string | null)[]> =>
  (
    await world.query<{ consent_id: string | null }>(
      "select consent_id from notification where kind = 'notice-changed' and subject_id = $1 order by at",
      [subjectId],
    )
  ).map(({ consent_id }) => consent_id);
const told = () => world.query("select record from evidence_record where type = 'notice.told' order by recorded_at");
/** What its timer does, in batches of two. */
const informAll = async (at = new Date()): Promise<void> => {
  while ((await informing.work(at, 2)) > 0);
};

describe('a change of which she has only to be told', () => {
  it('reaches everybody with a standing consent under an earlier version: once, in batches, with their mails', async () => {
    const standing = [world.resident(), world.resident(), world.resident(), world.resident(), world.resident()];
    const consents = [];
    for (const her of standing) {
      general = await her.consent(about);
      consents.push(general.consentId);
    }
    const [elsewhere, gone] = [world.resident(), world.resident()];
    await elsewhere.consent();
    const ended = await gone.consent(about);
    await gone.call('POST', `/me/consents/${ended.consentId}/withdrawal`);
    const paused = standing[0] as Resident;
    await paused.call('POST', `/me/consents/${consents[0]}/pause`);

    await publish('kept', 'Gone by {date}.', new Date(Date.now() + 86_400_000).toISOString());
    await informAll();
    expect(await told()).toEqual([]);

    const tomorrow = new Date(Date.now() + 86_400_001);
    expect(await informing.work(tomorrow, 2)).toBe(2);
    expect((await Promise.all(standing.map(linesOf))).flat()).toHaveLength(2);
    // Several instances at once, and what a batch cut off before its end leaves: nobody hears it twice.
    await Promise.all([1, 2, 3].map(() => informing.work(tomorrow, 2)));
    await world.query('update notice_telling set after = null, done_at = null');
    await informAll(tomorrow);
    expect(await Promise.all(standing.map(linesOf))).toEqual(consents.map((consent) => [consent]));
    expect([await linesOf(elsewhere), await linesOf(gone)]).toEqual([[], []]);
    expect((await told()).at(-1)).toMatchObject({ record: { noticeId: id, version: 2 } });

    const inbox = await (standing[1] as Resident).call('GET', '/me/notifications');
    expect(inbox.body['items']).toContainEqual(
      expect.objectContaining({ kind: 'notice-changed', consentId: consents[1] }),
    );
  });

  let general: Awaited<ReturnType<Resident['consent']>>;

  it('is not told to whoever was shown it, and what has to be asked again is not told in its place', async () => {
    const later = world.resident();
    await world.asOwner(
      "update notice_version set published_at = published_at - interval '2 days', effective_from = effective_from - interval '2 days'",
    );
    const shown = await later.consent(about);
    await informAll();
    expect(await linesOf(later)).toEqual([]);
    const before = await told();
    await publish('how', 'by hand');
    await informAll();
    expect([await linesOf(later), await told()]).toEqual([[], before]);
    for (const { consentId, subjectHandle } of [shown, general]) {
      const asked = newPermitRequest({ consentId, subjectHandle });
      expect(await codeOf(world.bus.ask(issuePermit, asked as never))).toBe('consent-renewal-needed');
    }
  });
});
