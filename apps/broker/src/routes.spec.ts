import { describe, expect, it } from '@jest/globals';
import { ROLES, scopes } from '@bayway/contracts';
import { routesOf } from '@bayway/testing';
import { BrokerModule } from './broker.module.js';

const routes = routesOf(BrokerModule);
/** Passes ciphertext through; there is nothing in it that a schema could describe. */
const STREAM = 'DataRequestsController.record';

describe('every route and message of the broker', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ name, faults }) =>
    expect(faults).toEqual(name === STREAM ? ['declares no answer'] : []),
  );

  it('is for partners with the scope `data`, for officers by their role, or for services; a statement brings its own signature, and what can be asked for is public', () => {
    const access = (kind: string) => routes.filter((route) => route.kind === kind).map((route) => route.access);
    const partner = { scope: scopes.data };
    const officer = { scope: scopes.administration, roles: ['rules-officer', 'regulator'] };
    const [partners, officers] = [Array<unknown>(6).fill(partner), Array<unknown>(6).fill(officer)];
    const everyRole = Array<unknown>(4).fill({ scope: scopes.administration, roles: ROLES });
    expect(access('route')).toHaveLength(18);
    expect(access('route')).toEqual(expect.arrayContaining([...partners, ...officers, ...everyRole, 'public']));
    expect(access('route').filter((rule) => rule === 'public')).toHaveLength(2);
    expect(access('message')).toEqual(Array(6).fill('services'));
  });
});
