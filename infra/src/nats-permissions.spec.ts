import { describe, expect, it } from '@jest/globals';
import { contracts, SERVICES } from '@bayway/contracts';
import { JURISDICTIONS } from '@bayway/domain';
import { borderSubjects, permissionsFromContracts, userName, type Route } from './nats-permissions.js';

const routes: Route[] = [
  { kind: 'request', subject: 'consent.permit.v1', from: ['connector'], to: ['consent'] },
  { kind: 'request', subject: 'connector.release.v1', from: ['broker'], to: ['connector'] },
  { kind: 'fact', subject: 'consent.ended.v1', from: ['consent'], to: ['broker', 'connector'] },
  { kind: 'request', subject: 'broker.assess.v1', from: ['broker'], to: ['broker'], border: true },
];

describe('permissionsFromContracts', () => {
  it.each([
    [
      { service: 'broker' },
      ['border.cn.broker.assess.v1', 'border.mo.broker.assess.v1', 'connector.release.v1.*'],
      ['_INBOX.broker.>', 'border.hk.broker.assess.v1', 'consent.ended.v1.to.broker'],
    ],
    [
      { service: 'consent' },
      ['consent.ended.v1.to.broker', 'consent.ended.v1.to.connector.*'],
      ['_INBOX.consent.>', 'consent.permit.v1'],
    ],
    [
      { service: 'connector', address: 'bayrate' },
      ['consent.permit.v1'],
      ['_INBOX.connector-bayrate.>', 'connector.release.v1.bayrate', 'consent.ended.v1.to.connector.bayrate'],
    ],
    [{ service: 'console' }, [], ['_INBOX.console.>']],
  ] as const)('gives %j what the contracts name it for, and its own inbox', (member, publish, subscribe) => {
    expect(permissionsFromContracts(routes, 'hk', member)).toEqual({ publish, subscribe });
  });

  it('gives a connector nothing of another holder, and one without address nothing of any', () => {
    const holdersIn = (address?: string): string[] => {
      const member =
        address === undefined ? { service: 'connector' as const } : { service: 'connector' as const, address };
      const { subscribe } = permissionsFromContracts(contracts, 'hk', member);
      const own = subscribe.filter((subject) => !subject.startsWith('_INBOX.'));
      return [...new Set(own.map((subject) => subject.split('.').at(-1) ?? ''))];
    };
    expect([holdersIn('bayrate'), holdersIn('other'), holdersIn()]).toEqual([['bayrate'], ['other'], ['-']]);
  });

  it('lets only the broker near the border, and nobody send to his own side’s border', () => {
    for (const jurisdiction of JURISDICTIONS) {
      for (const service of SERVICES) {
        const { publish, subscribe } = permissionsFromContracts(contracts, jurisdiction, { service });
        const near = [...publish, ...subscribe].filter((subject) => subject.startsWith('border.'));
        expect(near.length > 0).toBe(service === 'broker');
        expect(publish.filter((subject) => subject.startsWith(`border.${jurisdiction}.`))).toEqual([]);
        expect(
          subscribe.filter((subject) => /^border\./.test(subject) && !subject.startsWith(`border.${jurisdiction}.`)),
        ).toEqual([]);
      }
    }
  });

  it('gives no service a wildcard beyond its own inbox and the holders whose connectors it sends to', () => {
    for (const service of SERVICES) {
      const member = { service, address: 'x' };
      const { publish, subscribe } = permissionsFromContracts(contracts, 'cn', member);
      const wild = [...publish, ...subscribe].filter((subject) => /[*>]/.test(subject));
      const toConnectors = contracts
        .filter((contract) => contract.to.includes('connector'))
        .map(({ kind, subject }) => (kind === 'fact' ? `${subject}.to.connector.*` : `${subject}.*`));
      expect(
        wild.filter((subject) => subject !== `_INBOX.${userName(member)}.>` && !toConnectors.includes(subject)),
      ).toEqual([]);
    }
  });

  it('lists the contracts that cross', () => {
    expect(borderSubjects(routes)).toEqual(['broker.assess.v1']);
    expect(borderSubjects(contracts).length).toBeGreaterThan(0);
  });
});
