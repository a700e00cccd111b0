import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '@bayway/contracts';
import { Administrator } from '../../test/outside.js';
import { problemIn, World } from '../../test/world.js';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const id = randomUUID();
const looks: readonly Role[] = ['consent-administrator', 'regulator'];
const steers: readonly Role[] = ['consent-administrator'];
const ROUTES: readonly (readonly ['GET' | 'POST', string, readonly Role[]])[] = [
  ['GET', '/admin/consents', looks],
  ['GET', '/admin/consents/total', looks],
  ['GET', `/admin/consents/${id}`, looks],
  ['POST', `/admin/consents/${id}/withdrawal`, steers],
  ['GET', '/admin/exports/consents.json', looks],
  ['GET', '/admin/exports/consents.csv', looks],
  ['POST', '/admin/bulk-withdrawals', steers],
  ['GET', '/admin/bulk-withdrawals', looks],
  ['GET', `/admin/bulk-withdrawals/${id}`, looks],
  ['POST', `/admin/bulk-withdrawals/${id}/approval`, steers],
  ['POST', `/admin/bulk-withdrawals/${id}/cancellation`, steers],
  ['POST', '/admin/representations', steers],
  ['POST', '/admin/representations/enrolment', steers],
  ['POST', `/admin/representations/${id}/end`, steers],
];

describe('every role at every route of the administration', () => {
  it.each(
    ROUTES.flatMap(([method, path, may]) => ROLES.map((role) => ({ method, path, role, may: may.includes(role) }))),
  )('$role $method $path: $may', async ({ method, path, role, may }) => {
    const answer = await new Administrator(world, [role]).call(method, path, method === 'POST' ? {} : undefined);
    // Whoever may is let in, and told next that the body is none or the thing not there.
    expect(problemIn(answer) === 'access-denied').toBe(!may);
    expect([200, 400, 403, 404]).toContain(answer.status);
  });

  it.each(ROUTES)(
    'deny: %s %s for a resident, for nobody’s role, and for a role nobody knows',
    async (method, path) => {
      const tokens = [
        { scope: 'openid consent' },
        { roles: [] },
        { roles: ['root'] },
        { roles: 'consent-administrator' },
        { roles: undefined },
      ];
      for (const over of tokens) {
        const answer = await new Administrator(world).call(method, path, undefined, over);
        expect([answer.status, problemIn(answer)]).toEqual([403, 'access-denied']);
      }
    },
  );

  it('deny: an administrator’s token at a resident’s route', async () => {
    const answer = await new Administrator(world).call('GET', '/me/consents');
    expect([answer.status, problemIn(answer)]).toEqual([403, 'access-denied']);
  });
});
