import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { EvidenceModule } from './evidence.module.js';

const routes = routesOf(EvidenceModule);

describe('every route of the evidence service', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ faults }) => expect(faults).toEqual([]));

  it('is open to everybody, for commitments say nothing without their salts; what services recorded is the regulator’s', () => {
    const of = (access: unknown) => routes.filter((route) => route.access === access).map(({ name }) => name);
    expect(of('public')).toHaveLength(10);
    expect(of('services')).toEqual(['BundlesHandler.make']);
    const others = routes.filter(({ access }) => typeof access !== 'string');
    expect(others.map(({ name }) => name.split('.')[0])).toEqual(Array(3).fill('RegulatorsController'));
    for (const { access } of others) expect(access).toEqual({ scope: 'administration', roles: ['regulator'] });
  });
});
