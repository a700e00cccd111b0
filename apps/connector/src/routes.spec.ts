import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConnectorModule } from './connector.module.js';

const routes = routesOf(ConnectorModule);

describe('every message of a connector', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ faults }) => expect(faults).toEqual([]));

  it('is for services; the one route is for whoever shows the token of the holder’s own pages', () => {
    const messages = routes.filter(({ kind }) => kind === 'message');
    expect(messages.map(({ access }) => access)).toEqual(Array(4).fill('services'));
    const others = routes.filter(({ kind }) => kind === 'route');
    expect(others.map(({ name, access }) => [name, access])).toEqual([['CarriedRecordsController.make', 'public']]);
  });
});
