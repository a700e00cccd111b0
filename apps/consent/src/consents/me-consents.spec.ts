import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConsentPage, ConsentView, type ConsentView as View } from '@bayway/contracts';
import { newActs } from '../../test/factories.js';
import { problemIn, World, type Resident } from '../../test/world.js';

let world: World;
let her: Resident;
const ids: string[] = [];
beforeAll(async () => {
  world = await World.start();
  her = world.resident();
  for (let n = 0; n < 5; n += 1) ids.unshift((await her.consent()).consentId);
});
afterAll(() => world.stop());

describe('her consents', () => {
  it('come newest first, page by page, each once', async () => {
    const seen: View[] = [];
    let cursor = '';
    do {
      const { status, body } = await her.call('GET', `/me/consents?limit=2${cursor}`);
      const page = ConsentPage.parse(body);
      expect([status, page.total]).toEqual([200, 5]);
      seen.push(...page.items);
      cursor = page.next === null ? '' : `&after=${page.next}`;
    } while (cursor);
    expect(seen.map(({ id }) => id)).toEqual(ids);
  });

  it('say what was allowed, to whom, how it was shown, and what was done', async () => {
    const { body } = await her.call('GET', `/me/consents/${ids[0]}`);
    expect(ConsentView.parse(body)).toMatchObject({
      state: 'given',
      holder: { place: 'CN-440300' },
      recipient: { place: 'HK', contact: { email: 'privacy@tsingwan.example' } },
      purpose: { code: 'credit-underwriting', reference: 'MA-0417' },
      acts: [{ kind: 'other-handler' }, { kind: 'sensitive' }, { kind: 'overseas' }],
      validUntil: '2027-04-30',
      retentionUntil: '2027-07-31',
      maxUses: 3,
      uses: [],
      endedAt: null,
      shown: { language: 'en' },
    });
    expect(JSON.stringify(body)).not.toContain(her.id);
  });

  it('hold her refusals too', async () => {
    const other = world.resident();
    const composed = await other.compose();
    const acts = await newActs(world.trust, composed, { subject: other.subjectIn(composed), refuse: ['sensitive'] });
    const { consentId } = await other.decide({ askId: composed.askId, acts });
    const { body } = await other.call('GET', '/me/consents');
    expect(body).toMatchObject({ total: 1, items: [{ id: consentId, state: 'refused', items: [] }], next: null });
    const withdrawal = await other.call('POST', `/me/consents/${consentId}/withdrawal`);
    expect([withdrawal.status, problemIn(withdrawal)]).toEqual([403, 'consent-not-given']);
  });

  it('are none for somebody who allowed nothing', async () => {
    const { body } = await world.resident().call('GET', '/me/consents');
    expect(body).toEqual({ items: [], total: 0, next: null });
  });
});

describe('deny', () => {
  it.each([
    ['GET', (id: string) => `/me/consents/${id}`],
    ['GET', (id: string) => `/me/consents/${id}/receipt`],
    ['POST', (id: string) => `/me/consents/${id}/withdrawal`],
  ] as const)('another subject’s consent: %s %p', async (method, path) => {
    const before = await world.counts();
    const other = await world.resident().call(method, path(ids[0] as string));
    const unknown = await her.call(method, path(randomUUID()));
    expect([other.status, problemIn(other)]).toEqual([404, 'consent-not-found']);
    expect([unknown.status, problemIn(unknown)]).toEqual([404, 'consent-not-found']);
    expect(await world.counts()).toEqual(before);
  });

  it.each([
    ['a token for another audience', { aud: 'urn:bayway:cn:broker' }, 401, 'token-audience-mismatch'],
    ['a token of another issuer', { iss: 'http://hk-identity.test' }, 401, 'token-invalid'],
    ['a token without the scope', { scope: 'openid data' }, 403, 'access-denied'],
    ['a token bound to another key', { cnf: { jkt: 'x'.repeat(43) } }, 401, 'dpop-proof-invalid'],
  ])('%s', async (_name, over, status, code) => {
    const before = await world.counts();
    const answer = await her.call('POST', `/me/consents/${ids[0]}/withdrawal`, over);
    expect([answer.status, problemIn(answer)]).toEqual([status, code]);
    expect(await world.counts()).toEqual(before);
  });

  it('no token at all', async () => {
    const response = await fetch(`${world.service.url}/me/consents`);
    expect(response.status).toBe(401);
  });

  it.each(['limit=51', 'limit=0', 'after=abc', `after=${'a'.repeat(101)}`, 'subject=somebody'])(
    'a query that is not ours: %s',
    async (query) => {
      const answer = await her.call('GET', `/me/consents?${query}`);
      expect([answer.status, problemIn(answer)]).toEqual([400, 'request-invalid']);
    },
  );

  it('an id that is none, and a body too large', async () => {
    const answer = await her.call('GET', '/me/consents/not-an-id');
    expect([answer.status, problemIn(answer)]).toEqual([400, 'request-invalid']);
    const response = await fetch(`${world.service.url}/me/consents/${ids[0]}/withdrawal`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ more: 'x'.repeat(300_000) }),
    });
    expect(response.status).toBe(413);
  });
});
