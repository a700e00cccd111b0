import { describe, expect, it } from '@jest/globals';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { checkpointCounts } from './checkpoint.js';

const subsets: Jurisdiction[][] = Array.from({ length: 2 ** JURISDICTIONS.length }, (_, bits) =>
  JURISDICTIONS.filter((_, i) => (bits >> i) & 1),
);
const counting = (reliance: Parameters<typeof checkpointCounts>[1]) =>
  subsets.filter((signers) => checkpointCounts(signers, reliance)).map((signers) => signers.join(' '));

describe('a checkpoint counts', () => {
  it('for the region when all three signed, and for nothing less', () => {
    expect(counting('region')).toEqual([JURISDICTIONS.join(' ')]);
  });

  it('for a corridor when both its sides signed, whoever asks whom, with or without the third', () => {
    for (const importer of JURISDICTIONS)
      for (const exporter of JURISDICTIONS.filter((j) => j !== importer)) {
        const sides = JURISDICTIONS.filter((j) => j === importer || j === exporter).join(' ');
        expect(counting({ importer, exporter }).sort()).toEqual([sides, JURISDICTIONS.join(' ')].sort());
      }
  });

  it('inside one jurisdiction when it and any other signed', () => {
    for (const inside of JURISDICTIONS) {
      const expected = subsets.filter((signers) => signers.includes(inside) && signers.length > 1);
      expect(counting({ importer: inside, exporter: inside })).toEqual(expected.map((signers) => signers.join(' ')));
    }
  });

  it('once for each signer, however often it signed', () => {
    expect(checkpointCounts(['hk', 'hk'], { importer: 'hk', exporter: 'cn' })).toBe(false);
    expect(checkpointCounts(['hk', 'hk'], { importer: 'hk', exporter: 'hk' })).toBe(false);
  });
});
