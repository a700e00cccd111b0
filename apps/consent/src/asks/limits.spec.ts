import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { activateConsent, DomainError, issuePermit } from '@bayway/contracts';
import { decodeJwt } from 'jose';
import { newActs, newDetail, newPermitRequest } from '../../test/factories.js';
import { codeOf, World, type Resident } from '../../test/world.js';

let world: World;
let her: Resident;
beforeAll(async () => {
  world = await World.start();
  her = world.resident();
});
afterAll(() => world.stop());

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
type Named = Readonly<{ consentId: string; subjectHandle: string }>;
const named = ({ consentId, subjectHandle }: Named): Named => ({ consentId, subjectHandle });
const permit = (consent: Named) => codeOf(world.bus.ask(issuePermit, newPermitRequest(named(consent)) as never));
const stateOf = async (id: string) =>
  (await world.row<{ state: string }>('select state from consent where id = $1', [id])).state;

describe('what exceeds its purpose cannot be asked', () => {
  it.each([
    ['valid_until', { valid_until: dayIn(400) }],
    ['retention_until', { retention_until: dayIn(1900) }],
    ['frequency', { frequency: { uses: 200, per: 'day' } }],
    ['data_range', { data_range: { from: '2001-01-01', to: '2026-01-01' } }],
    ['max_uses', { purpose: { code: 'direct-marketing' }, valid_until: dayIn(30), max_uses: 7 }],
  ])('%s: refused with the limit, before a broker is asked, and nothing is stored', async (member, over) => {
    const [before, asked] = [await world.counts(), world.asked];
    const problem = await her.compose(newDetail(over)).catch((error: unknown) => error);
    expect(problem).toBeInstanceOf(DomainError);
    expect(problem).toMatchObject({ code: 'limit-exceeded', members: { member } });
    expect([await world.counts(), world.asked]).toEqual([before, asked]);
  });

  it('while what keeps to it is shown with its frequency and range, and names its template', async () => {
    const range = { from: '2024-01-01', to: '2026-06-30' };
    const detail = newDetail({ max_uses: 12, frequency: { uses: 1, per: 'month' }, data_range: range });
    const { html, askId } = await her.compose(detail);
    expect(html).toContain('Up to 12 times, 1 a month at most until 30 April 2027');
    expect(html).toContain('Only what falls between 1 January 2024 and 30 June 2026.');
    expect(await world.row('select template from ask where id = $1', [askId])).toEqual({ template: 'credit/1' });
  });

  it('and the limits are public', async () => {
    const response = await fetch(`${world.service.url}/purpose-templates`);
    const body = (await response.json()) as { version: number; templates: { id: string }[] };
    expect([response.status, body.version]).toEqual([200, 1]);
    expect(body.templates.map(({ id }) => id)).toContain('credit-report-employment');
  });
});

describe('a frequency', () => {
  it('lets a standing consent be used again in the next period, and not before', async () => {
    const consent = await her.consent({ max_uses: 3, frequency: { uses: 1, per: 'month' } });
    const first = newPermitRequest({ consentId: consent.consentId, subjectHandle: consent.subjectHandle });
    expect(await codeOf(world.bus.ask(issuePermit, first as never))).toBe('accepted');
    expect(await permit(consent)).toBe('consent-frequency-exceeded');
    // The same release again is the same use, not another one.
    expect(await codeOf(world.bus.ask(issuePermit, first as never))).toBe('accepted');
    const used = () => world.row('select uses from consent where id = $1', [consent.consentId]);
    expect(await used()).toEqual({ uses: 1 });
    await world.query("update consent_use set started_at = started_at - interval '32 days' where consent_id = $1", [
      consent.consentId,
    ]);
    expect(await permit(consent)).toBe('accepted');
    expect(await permit(consent)).toBe('consent-frequency-exceeded');
    expect(await used()).toEqual({ uses: 2 });
    const uses = await world.query('select no from consent_use where consent_id = $1 order by no', [consent.consentId]);
    expect(uses).toEqual([{ no: 1 }, { no: 2 }]);
  });

  it('is counted under the lock: of many at once, as many as allowed', async () => {
    const consent = await her.consent({ max_uses: 20, frequency: { uses: 3, per: 'day' } });
    const codes = await Promise.all(Array.from({ length: 10 }, () => permit(consent)));
    expect(codes.filter((code) => code === 'accepted')).toHaveLength(3);
    expect(codes.filter((code) => code === 'consent-frequency-exceeded')).toHaveLength(7);
  });
});

describe('a range of days', () => {
  const [from, to] = ['2024-01-01', '2024-12-31'];
  it('is all that leave is given for, and stands in the permit with the last day of keeping', async () => {
    const consent = await her.consent({ data_range: { from, to } });
    const asking = (over: object) =>
      world.bus.ask(issuePermit, newPermitRequest({ ...named(consent), ...over }) as never);
    const before = await world.row('select uses from consent where id = $1', [consent.consentId]);
    expect(await codeOf(asking({}))).toBe('consent-mismatch');
    expect(await codeOf(asking({ dataRange: { from: '2023-12-31', to } }))).toBe('consent-mismatch');
    expect(await codeOf(asking({ dataRange: { from, to }, retentionUntil: '2099-01-01' }))).toBe('consent-mismatch');
    expect(await world.row('select uses from consent where id = $1', [consent.consentId])).toEqual(before);
    const { permit } = await asking({ dataRange: { from: '2024-03-01', to } });
    expect(decodeJwt(permit)).toMatchObject({
      dataRange: { from, to },
      retentionUntil: consent.detail.retention_until,
    });
  });
});

describe('a renewal', () => {
  it('is in force as renewed, ends the earlier one, and lets what that one began go on', async () => {
    const earlier = await her.consent();
    expect(await permit(earlier)).toBe('accepted');
    const renewal = await her.consent({ optional_items: [], renews: earlier.consentId, valid_until: dayIn(200) });
    expect(await stateOf(renewal.consentId)).toBe('renewed');
    expect(await stateOf(earlier.consentId)).toBe('terminated');
    expect(await permit(earlier)).toBe('consent-terminated');
    expect(await permit(renewal)).toBe('accepted');
    const told = () => world.query('select 1 from outbox where aggregate = $1', [earlier.consentId]);
    expect(await told()).toEqual([]);
    const { body } = await her.call('POST', `/me/consents/${renewal.consentId}/pause`);
    expect(body['state']).toBe('paused');
    const resumed = await her.call('POST', `/me/consents/${renewal.consentId}/resumption`);
    expect(resumed.body['state']).toBe('renewed');
  });

  it('says on the page that it takes the place of the earlier one, and changes nothing before it is given', async () => {
    const earlier = await her.consent();
    const detail = newDetail({ optional_items: [], renews: earlier.consentId });
    const composed = await her.compose(detail);
    expect(composed.html).toContain('it takes the place of what you allowed before');
    const acts = await newActs(world.trust, composed, { subject: her.subjectIn(composed) });
    const { consentId } = await her.decide({
      askId: composed.askId,
      acts,
      subjectHandle: her.handleFor(composed.askId),
    });
    expect(await stateOf(earlier.consentId)).toBe('given');
    const answers = await Promise.all(
      [1, 2].map(() => world.bus.ask(activateConsent, { consentId, flowId: detail.request_id })),
    );
    expect(answers.map(({ state }) => state)).toEqual(['renewed', 'renewed']);
    expect(await stateOf(earlier.consentId)).toBe('terminated');
  });

  it('follows one that has expired, which stays as it was', async () => {
    const earlier = await her.consent();
    await world.query("update consent set state = 'expired', ended_at = now() where id = $1", [earlier.consentId]);
    const renewal = await her.consent({ optional_items: [], renews: earlier.consentId });
    expect(await stateOf(renewal.consentId)).toBe('renewed');
    expect(await stateOf(earlier.consentId)).toBe('expired');
  });

  it.each([
    ['another purpose', { purpose: { code: 'account-review' } }, 'consent-not-renewable'],
    ['another recipient', { recipient: 'another-bank' }, 'consent-not-renewable'],
    ['another place', { importer: 'mo' }, 'consent-not-renewable'],
    ['another method', { mode: 'answer' }, 'consent-not-renewable'],
    ['further items', { items: ['subject-name', 'guarantees'] }, 'consent-not-renewable'],
    ['an item she had not added', { items: ['subject-name'], optional_items: ['enquiries'] }, 'consent-not-renewable'],
    ['nothing', { renews: randomUUID() }, 'consent-not-found'],
  ])('is refused for %s, and nothing is stored', async (_name, over, code) => {
    const earlier = await her.consent();
    const before = await world.counts();
    const same = { optional_items: [], renews: earlier.consentId };
    expect(await codeOf(her.compose(newDetail({ ...same, ...over })))).toBe(code);
    expect(await world.counts()).toEqual(before);
  });

  it('is refused of a consent that is somebody else’s, or that she withdrew', async () => {
    const earlier = await her.consent();
    const detail = newDetail({ optional_items: [], renews: earlier.consentId });
    expect(await codeOf(world.resident().compose(detail))).toBe('consent-not-found');
    await her.call('POST', `/me/consents/${earlier.consentId}/withdrawal`);
    expect(await codeOf(her.compose(detail))).toBe('consent-not-renewable');
  });
});
