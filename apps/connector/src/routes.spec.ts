import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConnectorModule } from './connector.module.js';

const routes = routesOf(ConnectorModule);

describe('every message of a connector', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ faults }) => expect(faults).toEqual([]));

  it('is for services; there is no route', () => {
    expect(routes.map(({ kind, access }) => [kind, access])).toEqual(Array(3).fill(['message', 'services']));
  });
});
