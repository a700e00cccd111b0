import { describe, expect, it } from '@jest/globals';
import { ROLES, scopes } from '@bayway/contracts';
import { routesOf } from '@bayway/testing';
import { BrokerModule } from './broker.module.js';

const routes = routesOf(BrokerModule);
/** CSV, ciphertext passed through, in which there is nothing that a schema could describe, and streams of events. */
const STREAMS = [
  'StatementsController.csv',
  'AdminStatementsController.csv',
  'DataRequestsController.record',
  'EventStreamsController.ofPartner',
  'EventStreamsController.ofOne',
];
const PUBLIC = [
  'EndStatementsController.accept',
  'OffersController.page',
  'OpenDataController.reciprocity',
  'OpenDataController.refusals',
  'OpenDataController.serviceLevels',
];

describe('every route and message of the broker', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ name, faults }) =>
    expect(faults).toEqual(STREAMS.includes(name) ? ['declares no answer'] : []),
  );

  it('is for partners with the scope `data`, for officers by their role, or for services; a statement brings its own signature, and what can be asked for is public', () => {
    const partner = { scope: scopes.data };
    const officer = { scope: scopes.administration, roles: ['rules-officer', 'regulator'] };
    const operates = { scope: scopes.administration, roles: ['operator'] };
    const watches = { scope: scopes.administration, roles: ['operator', 'regulator'] };
    const everyRole = { scope: scopes.administration, roles: ROLES };
    for (const { kind, name, access } of routes)
      if (kind === 'message') expect(access).toBe('services');
      else if (!PUBLIC.includes(name)) expect([partner, officer, operates, watches, everyRole]).toContainEqual(access);
    expect(
      routes
        .filter(({ access }) => access === 'public')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(PUBLIC);
  });
});
