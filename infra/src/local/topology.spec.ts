import { describe, expect, it } from '@jest/globals';
import { SERVICES } from '@bayway/contracts';
import { JURISDICTIONS } from '@bayway/domain';
import { portsOf } from './free-base.js';
import { databaseOf, nameOf, topology } from './topology.js';

describe('topology', () => {
  it('keeps the ports that others test against', () => {
    const { portOf, landing } = topology();
    expect(landing).toBe(4000);
    const table = JURISDICTIONS.map((jurisdiction) =>
      (['identity', 'consent', 'broker', 'evidence', 'console'] as const).map((service) =>
        portOf({ jurisdiction, service }),
      ),
    );
    expect(table).toEqual([
      [4100, 4110, 4120, 4130, 4140],
      [4200, 4210, 4220, 4230, 4240],
      [4300, 4310, 4320, 4330, 4340],
    ]);
  });

  it('gives everything a port of its own, from any base', () => {
    for (const base of [4000, 1030, 64_000]) {
      const ports = portsOf(topology(base));
      expect(new Set(ports).size).toBe(ports.length);
      expect(Math.max(...ports)).toBeLessThanOrEqual(65_535);
    }
    expect(() => topology(80)).toThrow(RangeError);
  });

  it('gives each instance a name and a database of its own', () => {
    const { instances } = topology();
    const named = instances.map((instance) => [nameOf(instance), databaseOf(instance)] as const);
    expect(named).toContainEqual(['hk/broker', 'hk_broker']);
    expect(named).toContainEqual(['cn/connector/pengwan-credit', 'cn_connector_pengwan_credit']);
    expect(new Set(named.map(([, database]) => database)).size).toBe(instances.length);
    for (const service of SERVICES) expect(instances.some((instance) => instance.service === service)).toBe(true);
  });
});
