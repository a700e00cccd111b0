import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SignedRequestClaims } from '@bayway/contracts';
import { inTransaction, noteConsentEnd, SaltRetention } from '@bayway/service';
import { decodeJwt } from 'jose';
import { World } from '../../test/world.js';
import type { Order } from './orders.service.js';

let world: World;
beforeAll(async () => {
  world = await World.create();
});
afterAll(() => world.end());

const consentOf = (order: Order): string => SignedRequestClaims.parse(decodeJwt(order.signedRequest)).consent_id;

describe('evidence of a release', () => {
  it('loses its salts years after the consent ended, and that of no other does', async () => {
    const [old, young] = [await world.order(), await world.order()];
    for (const order of [old, young]) await world.release(order);
    const ended = (order: Order, at: string) =>
      inTransaction(world.db, (tx) => noteConsentEnd(tx, consentOf(order), at));
    await ended(old, '2016-01-01T00:00:00.000Z');
    await ended(young, new Date().toISOString());
    const salts = (order: Order) =>
      world.db.query<{ open: boolean }[]>(
        "select salt is not null as open from evidence_record where record->>'dataRequestId' = $1",
        [order.dataRequestId],
      );
    expect(await world.running.app.get(SaltRetention).work()).toBe(1);
    expect([await salts(old), await salts(young)]).toEqual([[{ open: false }], [{ open: true }]]);
    const attested = "select record->>'ended' as ended from evidence_record where type = 'salts.destroyed'";
    expect(await world.db.query(attested)).toEqual([{ ended: consentOf(old) }]);
  });
});
