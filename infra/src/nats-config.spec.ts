import { describe, expect, it } from '@jest/globals';
import { borderAccount, natsConfig, type NatsConfig } from './nats-config.js';
import { leafPeers } from './nats-links.js';

const leafUrls = { hk: 'nats-leaf://a:1', mo: 'nats-leaf://b:2', cn: 'nats-leaf://c:3' };
const password = 'sixteen-characters';
const valid: NatsConfig = {
  jurisdiction: 'mo',
  port: 4222,
  leafPort: 7422,
  peers: leafPeers('mo', leafUrls, () => password),
  users: [{ name: 'broker', password, publish: [], subscribe: ['x.y'] }],
  borderSubjects: ['broker.assess.v1'],
};
const parsed = (config: NatsConfig) => JSON.parse(natsConfig(config)) as Record<string, Record<string, never>>;

describe('natsConfig', () => {
  it('offers what crosses to both borders and takes it from each', () => {
    expect(parsed(valid).accounts).toMatchObject({
      MO: {
        exports: [{ service: 'border.mo.broker.assess.v1', accounts: ['BORDER_HK_MO', 'BORDER_CN_MO'] }],
        imports: [
          { service: { account: 'BORDER_HK_MO', subject: 'border.hk.broker.assess.v1' } },
          { service: { account: 'BORDER_CN_MO', subject: 'border.cn.broker.assess.v1' } },
        ],
      },
      BORDER_HK_MO: {
        exports: [{ service: 'border.hk.broker.assess.v1', accounts: ['MO'] }],
        imports: [{ service: { account: 'MO', subject: 'border.mo.broker.assess.v1' } }],
      },
    });
  });

  it('denies everything where nothing is allowed', () => {
    expect(parsed(valid).accounts?.MO).toMatchObject({ users: [{ permissions: { publish: { deny: ['>'] } } }] });
  });

  it('opens a leaf listener for those that dial and dials the others', () => {
    expect(parsed(valid).leafnodes).toEqual({
      listen: '127.0.0.1:7422',
      authorization: { users: [{ user: 'cn', password, account: 'BORDER_CN_MO' }] },
      remotes: [{ url: `nats-leaf://mo:${password}@a:1`, account: 'BORDER_HK_MO' }],
      reconnect: 1,
    });
  });

  it.each([
    ['a short password', { users: [{ name: 'a', password: 'short', publish: [], subscribe: [] }] }],
    ['a user name with a space', { users: [{ name: 'a b', password, publish: [], subscribe: [] }] }],
    ['a subject with a quote', { borderSubjects: ['a".b'] }],
    ['a host that is more than a host', { host: '0.0.0.0", "x": "' }],
    ['a port out of range', { port: 70_000 }],
    ['a setting it does not know', { jetstream: true }],
    [
      'a link to something else than a leaf listener',
      { peers: [{ jurisdiction: 'hk', leafUrl: 'http://a:1', leafPassword: password }] },
    ],
  ])('refuses %s', (_what, change) => {
    expect(() => natsConfig({ ...valid, ...(change as object) })).toThrow();
  });
});

describe('leafPeers', () => {
  it('gives each pair one link, dialled by one side and known by the same account and password on both', () => {
    const links = (['hk', 'mo', 'cn'] as const).flatMap((me) =>
      leafPeers(me, leafUrls, (account) => `password-of-${account}`).map((peer) => ({
        account: borderAccount(me, peer.jurisdiction),
        dials: peer.leafUrl !== undefined,
        password: peer.leafPassword,
      })),
    );
    for (const account of ['BORDER_HK_MO', 'BORDER_CN_HK', 'BORDER_CN_MO']) {
      const sides = links.filter((link) => link.account === account);
      expect(sides.map((side) => side.dials).sort()).toEqual([false, true]);
      expect(new Set(sides.map((side) => side.password)).size).toBe(1);
    }
  });
});
