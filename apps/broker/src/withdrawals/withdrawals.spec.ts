import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { audienceOf, withdrawForRecipient } from '@bayway/contracts';
import { epochSeconds, sign } from '@bayway/envelope';
import { newDetail } from '../../test/details.js';
import { enrich, Partner, problemCode } from '../../test/partner.js';
import { hongKong, mainland } from '../../test/participants.js';
import { answers, World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
let bank: Partner;
const heard: { withdrawal: string; importer: string }[] = [];

beforeAll(async () => {
  world = await World.create();
  [hk, cn] = await Promise.all([world.broker('hk', hongKong()), world.broker('cn', mainland())]);
  bank = new Partner(world, hk);
  answers(cn.bus, withdrawForRecipient, (asked) => {
    heard.push(asked);
    const { consentId } = JSON.parse(Buffer.from(asked.withdrawal.split('.')[1] ?? '', 'base64url').toString()) as {
      consentId: string;
    };
    return { consentId: consentId as never, state: 'withdrawn' as const, at: new Date().toISOString() };
  });
});
afterAll(() => world.end());

const newWithdrawal = (consentId: string, over: Record<string, unknown> = {}, by = 'hk/participant/tsing-wan-bank') => {
  const iat = epochSeconds(new Date());
  const head = { iss: 'tsing-wan-bank', aud: audienceOf('cn', 'consent'), jti: randomUUID(), iat, exp: iat + 120 };
  return sign(world.trust.key(by, 'sig'), 'withdrawal', { ...head, consentId, reference: 'TWB/1', ...over });
};

describe('POST /withdrawals', () => {
  it('goes over the border to the exporter’s consent, signed as it came, and is in force when answered', async () => {
    const detail = enrich(newDetail(world.trust));
    const token = await bank.token(detail);
    const withdrawal = await newWithdrawal(detail.consent_id);
    const reply = await bank.call('POST', '/withdrawals', { token, body: { withdrawal } });
    expect([reply.status, reply.body]).toMatchObject([200, { consentId: detail.consent_id, state: 'withdrawn' }]);
    expect(heard.at(-1)).toEqual({ withdrawal, importer: 'hk' });
  });

  it.each([
    ['a token for another consent', { token: 'other' }, 403, 'consent-mismatch'],
    ['a token for none', { token: 'none' }, 403, 'consent-mismatch'],
    ['a token without the scope', { scope: 'openid' }, 403, 'access-denied'],
    ['another partner’s signature', { by: 'hk/participant/closed-bank' }, 403, 'signer-not-allowed'],
    ['another partner’s name', { iss: 'closed-bank' }, 400, 'withdrawal-invalid'],
    ['one that is over', { iat: 1_700_000_000, exp: 1_700_000_060 }, 400, 'signed-object-expired'],
  ])('deny: %s', async (_name, { token: which, scope, by, ...over }: Record<string, unknown>, status, code) => {
    const before = heard.length;
    const detail = enrich(newDetail(world.trust));
    const named = which === 'none' ? null : which === 'other' ? enrich(newDetail(world.trust)) : detail;
    const token = await bank.token(named, scope ? { scope } : {});
    const withdrawal = await newWithdrawal(detail.consent_id, over, by as string | undefined);
    const reply = await bank.call('POST', '/withdrawals', { token, body: { withdrawal } });
    expect([reply.status, problemCode(reply)]).toEqual([status, code]);
    expect(heard.length).toBe(before);
  });

  it('deny: without a token', async () => {
    const reply = await bank.call('POST', '/withdrawals', { body: { withdrawal: await newWithdrawal(randomUUID()) } });
    expect([reply.status, problemCode(reply)]).toEqual([401, 'token-missing']);
  });
});
