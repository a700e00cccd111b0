import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConsentModule } from './consent.module.js';

const routes = routesOf(ConsentModule);

describe('every route and message of the consent service', () => {
  it('is known, with who may use it', () => {
    const portal = { scope: 'consent' };
    const looks = { scope: 'administration', roles: ['consent-administrator', 'regulator'] };
    const steers = { scope: 'administration', roles: ['consent-administrator'] };
    const notices = (...roles: string[]) => ({ scope: 'administration', roles });
    const readers = notices('rules-officer', 'consent-administrator', 'regulator');
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access]))).toEqual({
      'AsksHandler.compose': 'actor',
      'AsksHandler.defer': 'actor',
      'ConsentsHandler.decide': 'actor',
      'ConsentsHandler.activate': 'services',
      'ConsentsHandler.facts': 'services',
      'PermitsHandler.issue': 'services',
      'EvidenceHandler.evidence': 'services',
      'WithdrawalsHandler.forRecipient': 'services',
      'MeAsksController.waiting': portal,
      'MeConsentsController.page': portal,
      'MeConsentsController.one': portal,
      'MeConsentsController.withdraw': portal,
      'MeExchangesController.evidence': portal,
      'MeExchangesController.refusals': portal,
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
      'MeConsentsController.pause': portal,
      'MeConsentsController.resume': portal,
      'MeReceiptsController.kept': portal,
      'MeReceiptsController.page': portal,
      'AdminConsentEndsController.end': { scope: 'administration', roles: ['consent-administrator'] },
      'AdminRepresentationsController.record': { scope: 'administration', roles: ['consent-administrator'] },
      'AdminRepresentationsController.enrol': steers,
      'RepresentationsHandler.powers': 'actor',
      'AdminRepresentationsController.of': { scope: 'administration', roles: ['consent-administrator'] },
      'AdminRepresentationsController.end': { scope: 'administration', roles: ['consent-administrator'] },
      'MeRepresentationsController.mine': portal,
      'AdminNoticesController.versions': readers,
      'AdminNoticesController.difference': readers,
      'AdminNoticesController.preview': readers,
      'AdminNoticesController.draft': notices('rules-officer'),
      'AdminNoticesController.publish': notices('rules-officer'),
      'TemplatesController.all': 'public',
    });
  });

  it.each(routes)('$name declares access, answer and a schema for every argument', ({ faults }) => {
    expect(faults).toEqual([]);
  });
});
