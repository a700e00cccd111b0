import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { consentEnded, contracts, factSubject, recipientName, requestSubject, type Contract } from '@bayway/contracts';
import { PermissionViolationError, type Msg, type NatsConnection } from '@nats-io/transport-node';
import { ThreeServers } from './three-servers.js';

let servers: ThreeServers;
beforeAll(async () => {
  servers = await ThreeServers.start();
});
afterAll(() => servers.stop());

/** Sends and says whether the server refused it. */
async function publishes(connection: NatsConnection, subject: string): Promise<boolean> {
  try {
    await connection.request(subject, 'x', { timeout: 200 });
    return true;
  } catch (error) {
    return !((error as Error).cause instanceof PermissionViolationError);
  }
}

async function subscribes(connection: NatsConnection, subject: string): Promise<boolean> {
  const subscription = connection.subscribe(subject, { callback: () => undefined });
  const refused = subscription.closed.then((error) => error instanceof PermissionViolationError);
  await connection.flush();
  const open = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 100));
  const denied = await Promise.race([refused, open]);
  if (!denied) subscription.unsubscribe();
  return !denied;
}

const requests = contracts.filter((contract) => contract.kind === 'request' && !contract.border);
const subjectOf = (contract: Contract) => requestSubject(contract, 'bayrate');

describe('a service’s user', () => {
  it.each(requests.map((contract) => [contract.subject, contract] as const))(
    'asks %s only when it is a caller of it',
    async (_subject, contract) => {
      for (const service of ['identity', 'consent', 'broker', 'evidence', 'console'] as const) {
        const connection = await servers.as('hk', service);
        expect([service, await publishes(connection, subjectOf(contract))]).toEqual([
          service,
          contract.from.includes(service),
        ]);
        expect([service, await subscribes(connection, subjectOf(contract))]).toEqual([
          service,
          contract.to.includes(service),
        ]);
        await connection.close();
      }
    },
  );

  it('hears neither another’s inbox, nor another connector’s requests, nor everything', async () => {
    const connector = await servers.as('cn', 'connector-bayrate');
    for (const subject of [
      '_INBOX.broker.>',
      '_INBOX.>',
      '>',
      'connector.release.v1.other',
      'connector.release.v1.*',
      'consent.ended.v1.to.connector.other',
      'consent.ended.v1.to.connector.*',
      'consent.ended.v1.to.connector',
      'broker.release-receipted.v1.to.connector.other',
      '$SYS.>',
      'border.cn.>',
    ]) {
      expect([subject, await subscribes(connector, subject)]).toEqual([subject, false]);
    }
    expect(await subscribes(connector, 'connector.release.v1.bayrate')).toBe(true);
    expect(await subscribes(connector, 'consent.ended.v1.to.connector.bayrate')).toBe(true);
  });

  it('beside a holder hears that holder’s facts, each of them, and only from their owner', async () => {
    const [consent, broker] = await Promise.all([servers.as('cn', 'consent'), servers.as('cn', 'broker')]);
    const heard: string[] = [];
    const subjectFor = (holder: string) => factSubject(consentEnded.subject, recipientName('connector', holder));
    for (const holder of ['bayrate', 'other']) {
      const connector = await servers.as('cn', `connector-${holder}`);
      const callback = (_error: Error | null, message: Msg) => {
        heard.push(`${holder} heard of ${message.string()}`);
        message.respond('taken');
      };
      connector.subscribe(subjectFor(holder), { queue: 'connector', callback });
      await connector.flush();
    }
    for (const holder of ['bayrate', 'other', 'bayrate'])
      expect((await consent.request(subjectFor(holder), holder, { timeout: 1_000 })).string()).toBe('taken');
    expect(heard).toEqual(['bayrate heard of bayrate', 'other heard of other', 'bayrate heard of bayrate']);
    expect(await publishes(broker, subjectFor('bayrate'))).toBe(false);
    expect(heard).toHaveLength(3);
  });

  it('replies to what it received, and may not send into an inbox otherwise', async () => {
    const [evidence, probe] = await Promise.all([servers.as('mo', 'evidence'), servers.as('mo', 'probe')]);
    const heard: string[] = [];
    probe.subscribe('_INBOX.stolen', { callback: (_error, message) => void heard.push(message.string()) });
    evidence.subscribe('evidence.recorded.v1.to.evidence', {
      callback: (_error, message) => void message.respond('taken'),
    });
    await evidence.flush();
    expect((await probe.request('evidence.recorded.v1.to.evidence', 'x')).string()).toBe('taken');
    evidence.publish('_INBOX.stolen', 'forged');
    await evidence.flush();
    expect(heard).toEqual([]);
  });

  it('is known only by its password', async () => {
    await expect(servers.as('hk', 'nobody')).rejects.toThrow(/authorization/i);
  });
});
