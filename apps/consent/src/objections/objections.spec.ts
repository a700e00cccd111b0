import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issuePermit, ObjectionView } from '@bayway/contracts';
import { newPermitRequest } from '../../test/factories.js';
import { problemIn, World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

describe('"this is wrong" and "this was not me"', () => {
  it('is kept once with evidence, about a consent or a use, and names the authorities', async () => {
    const her = world.resident();
    const { consentId, subjectHandle } = await her.consent();
    const request = newPermitRequest({ consentId, subjectHandle });
    await world.bus.ask(issuePermit, request as never);
    const path = `/me/consents/${consentId}/objections`;
    const first = await her.call('POST', path, {}, { about: 'not-mine', dataRequestId: request.dataRequestId });
    const same = await her.call('POST', path, {}, { about: 'not-mine', dataRequestId: request.dataRequestId });
    await her.call('POST', path, {}, { about: 'wrong' });
    expect(same.body).toEqual(first.body);
    const { authorities } = ObjectionView.parse(first.body);
    expect(authorities.map(({ url }) => url)).toEqual(['https://www.12377.cn', 'https://www.pcpd.org.hk']);
    const { body } = await her.call('GET', path);
    expect(body['items']).toMatchObject([{ about: 'wrong', dataRequestId: null }, { about: 'not-mine' }]);
    const evidence = await world.query(
      "select record from evidence_record where type = 'objection.made' and record->>'consentId' = $1",
      [consentId],
    );
    expect(evidence).toHaveLength(2);
  });

  it('deny: about another’s consent, a use that is none of it, or words of her own', async () => {
    const her = world.resident();
    const { consentId } = await her.consent();
    const path = `/me/consents/${consentId}/objections`;
    const before = await world.counts();
    const other = await world.resident().call('POST', path, {}, { about: 'wrong' });
    expect([other.status, problemIn(other)]).toEqual([404, 'consent-not-found']);
    expect(problemIn(await world.resident().call('GET', path))).toBe('consent-not-found');
    const noUse = await her.call('POST', path, {}, { about: 'wrong', dataRequestId: randomUUID() });
    expect([noUse.status, problemIn(noUse)]).toEqual([404, 'use-not-found']);
    expect((await her.call('POST', path, {}, { about: 'wrong', text: 'my number is' })).status).toBe(400);
    expect(await world.counts()).toEqual(before);
  });
});
