import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contracts, type Contract } from '@bayway/contracts';
import { PermissionViolationError, type NatsConnection } from '@nats-io/transport-node';
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
const subjectOf = ({ addressed, subject }: Contract) => (addressed ? `${subject}.bayrate` : subject);

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
      '$SYS.>',
      'border.cn.>',
    ]) {
      expect([subject, await subscribes(connector, subject)]).toEqual([subject, false]);
    }
    expect(await subscribes(connector, 'connector.release.v1.bayrate')).toBe(true);
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
