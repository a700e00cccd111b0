import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConsentModule } from './consent.module.js';

const routes = routesOf(ConsentModule);

describe('every route and message of the consent service', () => {
  it('is known, with who may use it', () => {
    const portal = { scope: 'consent' };
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access]))).toEqual({
      'AsksHandler.compose': 'actor',
      'ConsentsHandler.decide': 'actor',
      'ConsentsHandler.activate': 'services',
      'ConsentsHandler.facts': 'services',
      'PermitsHandler.issue': 'services',
      'EvidenceHandler.evidence': 'services',
      'MeConsentsController.page': portal,
      'MeConsentsController.one': portal,
      'MeConsentsController.withdraw': portal,
      'MeConsentsController.receipt': portal,
    });
  });

  it.each(routes)('$name declares access, answer and a schema for every argument', ({ faults }) => {
    expect(faults).toEqual([]);
  });
});
