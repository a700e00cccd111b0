import { describe, expect, it } from '@jest/globals';
import { scopes } from '@bayway/contracts';
import { routesOf } from '@bayway/testing';
import { BrokerModule } from './broker.module.js';

const routes = routesOf(BrokerModule);
/** Passes ciphertext through; there is nothing in it that a schema could describe. */
const STREAM = 'DataRequestsController.record';

describe('every route and message of the broker', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ name, faults }) =>
    expect(faults).toEqual(name === STREAM ? ['declares no answer'] : []),
  );

  it('is for partners with the scope `data`, or for services', () => {
    const access = (kind: string) => routes.filter((route) => route.kind === kind).map((route) => route.access);
    expect(access('route')).toEqual(Array(5).fill({ scope: scopes.data }));
    expect(access('message')).toEqual(Array(4).fill('services'));
  });
});
