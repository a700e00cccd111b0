import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { ConsoleModule } from './console.module.js';

const routes = routesOf(ConsoleModule);

describe('every route of the console', () => {
  it('is known; whoever is not signed in is told by the route itself, for a browser carries no token', () => {
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access]))).toEqual({
      'SignInController.begin': 'public',
      'SignInController.callback': 'public',
      'SignInController.signOut': 'public',
      'ConsentsApiController.list': 'public',
      'ConsentsApiController.preflight': 'public',
      'PortalController.home': 'public',
      'PortalController.waiting': 'public',
      'PortalController.all': 'public',
      'PortalController.uses': 'public',
      'PortalController.help': 'public',
      'PortalController.stay': 'public',
      'HerConsentController.consent': 'public',
      'HerConsentController.receipt': 'public',
      'HerConsentController.kept': 'public',
      'HerConsentController.evidence': 'public',
      'HerConsentController.notice': 'public',
      'HerConsentController.withdraw': 'public',
      'HerConsentController.pause': 'public',
      'HerConsentController.resume': 'public',
      'HerConsentController.object': 'public',
      'AdministrationController.signIn': 'public',
      'AdministrationController.callback': 'public',
      'AdministrationController.signOut': 'public',
      'AdministrationController.me': 'public',
      'AdministrationController.preview': 'public',
      'AdministrationController.events': 'public',
      'AdministrationController.api': 'public',
      'AdministrationController.page': 'public',
      'InboxController.inbox': 'public',
      'InboxController.read': 'public',
      'InboxController.settings': 'public',
      'InboxController.choose': 'public',
      'InboxController.address': 'public',
      'InboxController.confirm': 'public',
    });
  });

  it.each(routes)('$name takes nothing without a schema but the request itself', ({ faults }) => {
    expect(faults.filter((fault) => !/^argument \d has no schema$/.test(fault))).toEqual([]);
    expect(faults.length).toBeLessThanOrEqual(1);
  });
});
