import { describe, expect, it } from '@jest/globals';
import { ROLES } from '@bayway/contracts';
import { ADMIN_ROUTES, adminRoute } from './routes.js';
import { shellPolicy } from './web.js';

const ID = '0b9f3c1e-1111-4222-8333-444455556666';
const named = ADMIN_ROUTES.map((route) => [`${route.method} ${route.path}`, route] as const);

describe('what the console may ask for', () => {
  it.each(named)('%s leads to its own service, for some roles and not for nobody', (_name, route) => {
    const found = adminRoute(route.method, route.path.replace(':id', ID));
    expect(found).toEqual({ route, at: route.at.replace(':id', ID) });
    expect(route.roles.length).toBeGreaterThan(0);
    expect(route.roles.every((role) => ROLES.includes(role))).toBe(true);
  });

  it.each(named.filter(([, { method }]) => method !== 'GET'))(
    'deny: %s is for no regulator, unless nothing is kept of it',
    (name, { roles }) => {
      expect(roles.includes('regulator')).toBe(name === 'POST simulations');
    },
  );

  it.each([
    ['GET', 'admin/consents'],
    ['DELETE', 'consents'],
    ['POST', 'consents'],
    ['GET', `consents/${ID}/withdrawal`],
    ['GET', 'consents/../../me/consents'],
    ['GET', 'consents/a%2Fb'],
    ['GET', 'consents/'],
    ['GET', 'rules/..'],
    ['GET', 'rules/CN..PIPL'],
    ['GET', ''],
  ])('deny: %s %s is in no table', (method, path) => {
    expect(adminRoute(method, path)).toBeNull();
  });

  it('reads the id of a rule, which has dots', () => {
    expect(adminRoute('GET', 'rules/CN.PIPL.38')?.at).toBe('/rules/CN.PIPL.38');
  });

  it('reads a fixed word before a name', () => {
    expect(adminRoute('GET', 'consents/total')?.at).toBe('/admin/consents/total');
  });
});

describe('the policy of the console’s page', () => {
  it('names the nonce for styles alone, and nothing unsafe', () => {
    const policy = shellPolicy('n0nce');
    expect(policy).toContain("style-src 'self' 'nonce-n0nce'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });
});
