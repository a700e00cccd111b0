import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { contracts } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { MAX_PAYLOAD_BYTES, natsConfig } from '../src/nats-config.js';
import { borderSubject, borderSubjects } from '../src/nats-permissions.js';
import { ThreeServers } from './three-servers.js';

jest.setTimeout(60_000);

const crossing = borderSubjects(contracts)[0] as string;
const pairs = JURISDICTIONS.flatMap((from) =>
  JURISDICTIONS.filter((to) => to !== from).map((to) => [from, to] as const),
);

let servers: ThreeServers;
const brokers = {} as Record<Jurisdiction, NatsConnection>;

const answerAs = (connection: NatsConnection, me: Jurisdiction) =>
  connection.subscribe(borderSubject(me, crossing), {
    queue: 'broker',
    callback: (_error, message) => void message.respond(`${me} got ${message.data.length} bytes`),
  });

const ask = async (from: Jurisdiction, to: Jurisdiction, payload: string | Uint8Array = 'x') =>
  (await brokers[from].request(borderSubject(to, crossing), payload, { timeout: 2_000 })).string();

/** Replies travel under a name the server makes up for each. */
const notReply = (subject: string) => !subject.startsWith('_R_.');

/** Asks again until an answer comes, as an outbox does, and says after how many milliseconds it came. */
async function untilAnswered(from: Jurisdiction, to: Jurisdiction, timeoutMs = 40_000): Promise<number> {
  const begin = Date.now();
  while (Date.now() - begin < timeoutMs) {
    const answer = await brokers[from].request(borderSubject(to, crossing), 'x', { timeout: 1_500 }).catch(() => null);
    if (answer) return Date.now() - begin;
    await sleep(50);
  }
  throw new Error(`${from} does not reach ${to}`);
}

beforeAll(async () => {
  servers = await ThreeServers.start();
  for (const jurisdiction of JURISDICTIONS) {
    brokers[jurisdiction] = await servers.as(jurisdiction, 'broker');
    answerAs(brokers[jurisdiction], jurisdiction);
  }
  for (const [from, to] of pairs) await untilAnswered(from, to);
});
afterAll(() => servers.stop());

describe('what crosses a border', () => {
  it.each(pairs)('carries a request from %s to %s and its answer back', async (from, to) => {
    expect(await ask(from, to)).toBe(`${to} got 1 bytes`);
  });

  it('carries every contract that crosses, once', async () => {
    const probe = await servers.as('cn', 'probe');
    const seen: string[] = [];
    probe.subscribe('border.cn.>', { callback: (_error, message) => void seen.push(message.subject) });
    await probe.flush();
    await sleep(200);
    const subjects = borderSubjects(contracts).map((subject) => borderSubject('cn', subject));
    for (const subject of subjects) brokers.hk.publish(subject, 'x');
    await brokers.hk.flush();
    await sleep(300);
    expect(seen.sort()).toEqual(subjects.sort());
    await probe.close();
  });

  it('carries a chunk of 512 KB in its envelope, and nothing above the limit', async () => {
    const chunk = new Uint8Array((512 * 1024 * 4) / 3 + 4096);
    expect(await ask('hk', 'cn', chunk)).toBe(`cn got ${chunk.length} bytes`);
    await expect(ask('hk', 'cn', new Uint8Array(MAX_PAYLOAD_BYTES + 1))).rejects.toThrow();
  });

  it('shares the work among the members of the other side’s queue', async () => {
    const second = await servers.as('mo', 'broker');
    const counts = { own: 0 };
    second.subscribe(borderSubject('mo', crossing), {
      queue: 'broker',
      callback: (_error, message) => {
        counts.own += 1;
        message.respond('second');
      },
    });
    await second.flush();
    await Promise.all(Array.from({ length: 200 }, () => ask('cn', 'mo')));
    expect(counts.own).toBeGreaterThan(40);
    expect(counts.own).toBeLessThan(160);
    await second.close();
  });
});

describe('what does not cross a border', () => {
  it.each([
    'consent.permit.v1',
    'border.cn.consent.permit.v1',
    'border.cn.unknown.v1',
    '_INBOX.broker.x',
    '$SYS.REQ.x',
  ])('keeps %s on its side, even from a user who may publish everything', async (subject) => {
    const [here, there] = await Promise.all([servers.as('hk', 'probe'), servers.as('cn', 'probe')]);
    const seen: string[] = [];
    there.subscribe('>', { callback: (_error, message) => void seen.push(message.subject) });
    await there.flush();
    here.publish(subject, 'x');
    await here.request(borderSubject('cn', crossing), 'x', { timeout: 2_000 });
    expect(seen.filter(notReply)).toEqual([borderSubject('cn', crossing)]);
    await Promise.all([here.close(), there.close()]);
  });

  it('shows the third side nothing of two others', async () => {
    const third = await servers.as('mo', 'probe');
    const seen: string[] = [];
    third.subscribe('>', { callback: (_error, message) => void seen.push(message.subject) });
    await third.flush();
    await ask('hk', 'cn');
    await ask('cn', 'hk');
    await sleep(100);
    expect(seen).toEqual([]);
    await third.close();
  });

  it('has no way through a third side', async () => {
    const probe = await servers.as('hk', 'probe');
    await expect(probe.request(`border.mo.border.cn.${crossing}`, 'x', { timeout: 500 })).rejects.toThrow();
    await probe.close();
  });
});

describe('a peer that does not keep to its configuration', () => {
  it('reaches nothing but the contracts that cross, and hears nothing but what is sent to it', async () => {
    await servers.down('cn');
    const honest = natsConfig(servers.configs.cn);
    const rogue = JSON.parse(honest) as { accounts: Record<string, object> };
    Object.assign(rogue.accounts.BORDER_CN_HK as object, { users: [{ user: 'rogue', password: 'r' }] });
    await servers.up('cn', JSON.stringify(rogue));
    const attacker = await connect({ servers: `127.0.0.1:${servers.configs.cn.port}`, user: 'rogue', pass: 'r' });
    const heard: string[] = [];
    attacker.subscribe('>', {
      callback: (_error, message) => void (message.string() === 'attack' || heard.push(message.subject)),
    });
    const victim = await servers.as('hk', 'probe');
    const reached: string[] = [];
    victim.subscribe('>', { callback: (_error, message) => void reached.push(message.subject) });
    await victim.flush();
    const allowed = borderSubject('hk', crossing);
    for (const end = Date.now() + 10_000; !reached.includes(allowed) && Date.now() < end; await sleep(50)) {
      for (const subject of [
        'consent.permit.v1',
        'border.mo.x',
        'border.hk.consent.permit.v1',
        '_INBOX.broker.1',
        allowed,
      ]) {
        attacker.publish(subject, 'attack');
      }
    }
    await brokers.mo.request(borderSubject('hk', crossing), 'between two others', { timeout: 1_000 });
    expect(new Set(reached.filter(notReply))).toEqual(new Set([allowed]));
    expect(heard.filter(notReply)).toEqual([]);
    await Promise.all([attacker.close(), victim.close(), servers.down('cn')]);
    await servers.up('cn', honest);
    await untilAnswered('hk', 'cn');
  });

  it('does not get in with a wrong link password, nor with the right one as a client', async () => {
    const { cn } = servers.configs;
    await servers.down('cn');
    const wrong = { ...cn, peers: cn.peers.map((peer) => ({ ...peer, leafPassword: 'not-the-right-password' })) };
    await servers.up('cn', natsConfig(wrong));
    await expect(untilAnswered('cn', 'hk', 4_000)).rejects.toThrow('does not reach');
    expect(await servers.log('hk')).toContain('authentication error');
    await servers.down('cn');
    await servers.up('cn');
    await untilAnswered('hk', 'cn');
    const client = connect({
      servers: `127.0.0.1:${servers.configs.hk.port}`,
      user: 'cn',
      pass: 'BORDER_CN_HK-leaf-password',
    });
    await expect(client).rejects.toThrow(/authorization/i);
  });
});

describe('a border that is cut', () => {
  it('heals by itself when the side that dials comes back, and when the side that listens does', async () => {
    const healed: Record<string, number> = {};
    for (const [cut, from, to] of [
      ['cn', 'hk', 'cn'],
      ['hk', 'cn', 'hk'],
    ] as const) {
      await servers.down(cut);
      await expect(brokers[from].request(borderSubject(to, crossing), 'x', { timeout: 1_500 })).rejects.toThrow();
      expect(await ask('mo', from)).toBe(`${from} got 1 bytes`);
      await servers.up(cut);
      healed[cut] = await untilAnswered(from, to);
      for (const [one, other] of pairs) await untilAnswered(one, other);
    }
    for (const ms of Object.values(healed)) expect(ms).toBeLessThan(10_000);
  });
});
