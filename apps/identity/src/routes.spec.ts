import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { IdentityModule } from './identity.module.js';

const routes = routesOf(IdentityModule);

describe('every route and message of the identity service', () => {
  it('is known, with who may use it', () => {
    expect(Object.fromEntries(routes.map(({ name, access }) => [name, access]))).toEqual({
      'InteractionController.show': 'public',
      'InteractionController.choose': 'public',
      'InteractionController.answers': 'public',
      'InteractionController.later': 'public',
      'InteractionController.release': 'public',
      'InteractionController.cancel': 'public',
      'AccountController.show': 'public',
      'AccountController.endSession': 'public',
      'AccountController.unbind': 'public',
      'BackchannelController.ended': 'public',
      'CallbackController.back': 'public',
      'CallbackController.backFrom': 'public',
      'HandlesController.resolve': 'services',
      'EnrolmentController.enrol': 'services',
    });
  });

  it.each(routes)('$name declares access, answer and a schema for every argument', ({ faults }) => {
    expect(faults).toEqual([]);
  });
});
