import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ActClaims, ConsentReceiptClaims, type KeptReceipt } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { EnvelopeError, verifyReceipt } from '@bayway/envelope';
import { z } from 'zod';
import { newActs, newDetail } from '../../test/factories.js';
import { problemIn, World, type Resident } from '../../test/world.js';
import { ConsentsService } from '../consents/consents.service.js';

const PUBLISHED = new URL('../../../../docs/generated/consent-receipt.schema.json', import.meta.url);

let world: World;
let her: Resident;
let consentId: string;
beforeAll(async () => {
  world = await World.start();
  her = world.resident();
  const range = { data_range: { from: '2024-01-01', to: '2026-06-30' }, frequency: { uses: 1, per: 'month' } };
  ({ consentId } = await her.consent(range));
});
afterAll(() => world.stop());

const kept = async (id = consentId): Promise<KeptReceipt> =>
  (await her.call('GET', `/me/consents/${id}/receipt`)).body as unknown as KeptReceipt;
const check = async (receipt: KeptReceipt) =>
  verifyReceipt(receipt, {
    keys: await world.trust.directory(),
    shapes: { receipt: ConsentReceiptClaims, act: ActClaims },
  });
const wrong = (receipt: KeptReceipt): Promise<string> =>
  check(receipt).then(
    () => 'accepted',
    (error: unknown) => (error instanceof EnvelopeError ? `${error.code}: ${error.detail}` : String(error)),
  );

describe('every receipt', () => {
  it('of every state fits the published schema, read from its file alone', async () => {
    const schema = z.fromJSONSchema(JSON.parse(readFileSync(PUBLISHED, 'utf8')) as never);
    const post = (id: string, what: string) => her.call('POST', `/me/consents/${id}/${what}`);
    const { consentId: id } = await her.consent({ optional_items: [], renews: consentId, importer: 'hk', max_uses: 3 });
    for (const what of ['pause', 'resumption', 'withdrawal']) await post(id, what);
    const refusing = await her.compose(newDetail({ importer: 'cn' }));
    const acts = await newActs(world.trust, refusing, { subject: her.subjectIn(refusing), refuse: ['overseas'] });
    await her.decide({ askId: refusing.askId, acts, subjectHandle: her.handleFor(refusing.askId) });
    await world.service.app.get(ConsentsService).sweep();
    const receipts = await world.query<{ state: string; jws: string }>('select state, jws from receipt');
    expect(new Set(receipts.map(({ state }) => state))).toEqual(
      new Set(['pending', 'given', 'renewed', 'paused', 'withdrawn', 'refused']),
    );
    for (const { jws } of receipts) {
      const claims: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
      expect(schema.safeParse(claims).error).toBeUndefined();
      const { events: _left, ...less } = claims as Record<string, unknown>;
      expect(schema.safeParse(less).success).toBe(false);
    }
  });

  it('is checked with nothing but the key directory: signature, acts and page', async () => {
    const claims = await check(await kept());
    expect(claims).toMatchObject({
      '@type': 'ConsentReceipt',
      consentId,
      jurisdictions: ['CN', 'HK'],
      processing: { frequency: { uses: 1, per: 'month' }, dataRange: { from: '2024-01-01', to: '2026-06-30' } },
    });
    expect(claims.events.map(({ state, by }) => [state, by])).toEqual([
      ['requested', 'ask'],
      ['pending', 'subject'],
      ['given', 'redemption'],
      ...claims.events.slice(3).map(({ state, by }) => [state, by]),
    ]);
  });

  it('shows what was altered', async () => {
    const mine = await kept();
    const { consentId: other } = await her.consent();
    const others = await kept(other);
    expect(await wrong({ ...mine, shown: `${mine.shown} ` })).toMatch(/page is not the one/);
    expect(await wrong({ ...mine, acts: others.acts })).toMatch(/not one that the receipt names/);
    expect(await wrong({ ...mine, acts: mine.acts.slice(1) })).toMatch(/not as many/);
    expect(await wrong({ ...mine, receipt: mine.receipt.replace(/.{4}$/, 'AAAA') })).toMatch(/signature-invalid/);
    expect(await wrong({ ...mine, receipt: mine.acts[0] ?? '' })).toMatch(/not of type/);
    expect(await wrong({ ...mine, receipt: 'nothing' })).toMatch(/not a signed object/);
  });

  it('deny: is not shown to somebody else, nor by another scope', async () => {
    const stranger = world.resident();
    for (const path of ['receipt', 'receipt/page']) {
      const url = `/me/consents/${consentId}/${path}`;
      expect(problemIn(await stranger.call('GET', url))).toBe('consent-not-found');
      expect(problemIn(await her.call('GET', url, { scope: 'openid data' }))).toBe('access-denied');
    }
    expect(problemIn(await her.call('GET', `/me/consents/${consentId}/receipt/page?language=fr`))).toBe(
      'request-invalid',
    );
  });
});

describe('the printed receipt', () => {
  it.each(LANGUAGES)('is whole in %s, with the page as it was shown behind it', async (language) => {
    const { body } = await her.call('GET', `/me/consents/${consentId}/receipt/page?language=${language}`);
    const { html } = body as unknown as { html: string };
    const { receipt, shown } = await kept();
    const claims = await check({ receipt, acts: (await kept()).acts, shown });
    expect(body).toMatchObject({ language });
    for (const part of [claims.jti, claims.recipient.name[language], claims.authority[language], claims.withdrawal.url])
      expect(html).toContain(part);
    expect(html.match(/<h1/g)).toHaveLength(2);
    expect(html).toContain(shown);
    expect(html).not.toMatch(/undefined|\{\w+\}/);
  });

  it('is in the language she read when none is asked for', async () => {
    const { body } = await her.call('GET', `/me/consents/${consentId}/receipt/page`);
    expect(body).toMatchObject({ language: 'en', title: 'Consent receipt' });
  });
});
