import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  acrOf,
  AcrScheme,
  ASSURANCE_SCHEMES,
  AssuranceStep,
  eidasOf,
  fromCity,
  fromPeer,
  hop,
  iso29115Of,
  levelIn,
  levelOfAcr,
  levelOfEidas,
  valuesFrom,
  type AssuranceLevel,
} from './assurance.js';

const LEVELS: readonly AssuranceLevel[] = [1, 2, 3, 4];
const levels = fc.constantFrom(...LEVELS);
const jurisdictions = fc.constantFrom('hk', 'mo', 'cn');
const steps: fc.Arbitrary<AssuranceStep> = fc.oneof(
  fc.record({ by: fc.constant('peer' as const), jurisdiction: jurisdictions, level: levels }),
  fc.record({ by: fc.constant('link' as const), jurisdiction: jurisdictions, level: levels }),
) as fc.Arbitrary<AssuranceStep>;
const cities = fc.constantFrom(...AcrScheme.options).chain((scheme) =>
  fc.record({
    scheme: fc.constant(scheme),
    value: fc.constantFrom(...Object.keys(ASSURANCE_SCHEMES[scheme].grades)),
  }),
);

describe('the level of a city’s own value', () => {
  it.each([
    ['iam-smart', 'iamsmart', 2],
    ['iam-smart', 'iamsmart-plus', 3],
    ['guangdong', 'gd-2', 1],
    ['guangdong', 'gd-3', 2],
    ['guangdong', 'gd-4', 3],
    ['guangdong', 'gd-5', 4],
    ['zhejiang', 'zj-4', 3],
    ['macao-one', 'mo-account', 2],
    ['macao-one', 'mo-account-2fa', 3],
  ] as const)('%s %s is level %i', (scheme, value, level) => {
    expect(levelIn(scheme, value)).toBe(level);
  });

  it.each([
    ['of another scheme', 'iam-smart', 'gd-5'],
    ['unknown', 'guangdong', 'gd-9'],
    ['missing', 'guangdong', undefined],
    ['of the language itself', 'guangdong', 'constructor'],
    ['already of the lattice', 'guangdong', acrOf(4)],
  ] as const)('%s is level 1, and its name is not kept', (_what, scheme, value) => {
    expect(fromCity(scheme, value)).toEqual({ level: 1, steps: [{ by: 'city', scheme, value: 'unknown', level: 1 }] });
  });

  it('is asked for by exactly those values that reach it', () => {
    expect(valuesFrom('guangdong', 3)).toEqual(['gd-4', 'gd-5']);
    expect(valuesFrom('iam-smart', 4)).toEqual([]);
    expect(valuesFrom('macao-one', 1)).toEqual([]);
    fc.assert(
      fc.property(cities, levels, ({ scheme, value }, level) => {
        expect(valuesFrom(scheme, level).includes(value)).toBe(level > 1 && levelIn(scheme, value) >= level);
      }),
    );
  });
});

describe('a chain of hops', () => {
  it('never raises a level, and keeps each step it rests on', () => {
    fc.assert(
      fc.property(cities, fc.array(steps, { maxLength: 5 }), ({ scheme, value }, later) => {
        const before = fromCity(scheme, value);
        const after = later.reduce(hop, before);
        expect(after.level).toBe(Math.min(before.level, ...later.map(({ level }) => level)));
        expect(after.steps).toEqual([...before.steps, ...later]);
        for (const step of after.steps) expect(AssuranceStep.safeParse(step).success).toBe(true);
      }),
    );
  });

  it('does not depend on the order of its hops', () => {
    fc.assert(
      fc.property(levels, fc.array(steps, { maxLength: 5 }), (level, later) => {
        const start = fromPeer('hk', acrOf(level));
        expect([...later].reverse().reduce(hop, start).level).toBe(later.reduce(hop, start).level);
      }),
    );
  });

  it('takes only a peer’s own words for a level', () => {
    expect(fromPeer('hk', 'gd-5').level).toBe(1);
    expect(fromPeer('hk', 'urn:bayway:loa:9').level).toBe(1);
    expect(fromPeer('hk', undefined).level).toBe(1);
    expect(fromPeer('hk', acrOf(3)).level).toBe(3);
  });
});

describe('other frames', () => {
  it('has one acr value for each level, and reads no other', () => {
    for (const level of LEVELS) expect(levelOfAcr(acrOf(level))).toBe(level);
    for (const acr of ['urn:bayway:loa:0', 'urn:bayway:loa:', 'urn:bayway:loa:2.5', 'LoA3'])
      expect(levelOfAcr(acr)).toBeNull();
  });

  it('says what it is in eIDAS and ISO/IEC 29115, and never more than that', () => {
    expect(LEVELS.map(eidasOf)).toEqual([null, 'low', 'substantial', 'high']);
    expect(LEVELS.map(iso29115Of)).toEqual(['LoA1', 'LoA2', 'LoA3', 'LoA4']);
    for (const eidas of ['low', 'substantial', 'high'] as const) expect(eidasOf(levelOfEidas(eidas))).toBe(eidas);
  });
});
