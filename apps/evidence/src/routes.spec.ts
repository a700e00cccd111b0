import { describe, expect, it } from '@jest/globals';
import { routesOf } from '@bayway/testing';
import { EvidenceModule } from './evidence.module.js';

const routes = routesOf(EvidenceModule);

describe('every route of the evidence service', () => {
  it.each(routes)('$name declares access, answer and schemas', ({ faults }) => expect(faults).toEqual([]));

  it('is open to everybody: commitments say nothing without their salts', () => {
    expect(new Set(routes.map(({ access }) => access))).toEqual(new Set(['public']));
    expect(routes).toHaveLength(10);
  });
});
