import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConsentModule } from './consent.module.js';

const routes = routesOf(ConsentModule);

describe('every route and message of the consent service', () => {
  it('is known, with who may use it', () => {
    const portal = { scope: 'consent' };
    const looks = { scope: 'administration', roles: ['consent-administrator', 'regulator'] };
    const steers = { scope: 'administration', roles: ['consent-administrator'] };
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access]))).toEqual({
      'AsksHandler.compose': 'actor',
      'ConsentsHandler.decide': 'actor',
      'ConsentsHandler.activate': 'services',
      'ConsentsHandler.facts': 'services',
      'PermitsHandler.issue': 'services',
      'EvidenceHandler.evidence': 'services',
      'WithdrawalsHandler.forRecipient': 'services',
      'MeConsentsController.page': portal,
      'MeConsentsController.one': portal,
      'MeConsentsController.withdraw': portal,
      'MeConsentsController.receipt': portal,
      'MeNotificationsController.page': portal,
      'MeNotificationsController.read': portal,
      'MeNotificationsController.view': portal,
      'MeNotificationsController.change': portal,
      'MeNotificationsController.confirm': portal,
      'MeObjectionsController.make': portal,
      'MeObjectionsController.list': portal,
      'AdminConsentsController.page': looks,
      'AdminConsentsController.total': looks,
      'AdminConsentsController.one': looks,
      'AdminConsentsController.withdraw': steers,
      'AdminConsentsController.asJson': looks,
      'AdminConsentsController.asCsv': looks,
      'BulkWithdrawalsController.propose': steers,
      'BulkWithdrawalsController.list': looks,
      'BulkWithdrawalsController.one': looks,
      'BulkWithdrawalsController.approve': steers,
      'BulkWithdrawalsController.cancel': steers,
    });
  });

  it.each(routes)('$name declares access, answer and a schema for every argument', ({ faults }) => {
    expect(faults).toEqual([]);
  });
});
