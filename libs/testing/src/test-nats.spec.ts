import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { testNats, type TestNats } from './test-nats.js';

async function statusOf(connection: NatsConnection, wanted: string): Promise<void> {
  for await (const { type } of connection.status()) if (type === wanted) return;
}

describe('testNats', () => {
  let nats: TestNats;
  beforeAll(async () => {
    nats = await testNats();
  });
  afterAll(() => nats.stop());

  it('carries requests and answers', async () => {
    const connection = await connect({ servers: nats.url });
    connection.subscribe('echo', { callback: (_error, message) => void message.respond(message.data) });
    expect((await connection.request('echo', 'hello')).string()).toBe('hello');
    await connection.close();
  });

  it('comes back on the same port after a cut, and clients with it', async () => {
    const connection = await connect({ servers: nats.url, reconnectTimeWait: 20, maxReconnectAttempts: -1 });
    connection.subscribe('echo', { callback: (_error, message) => void message.respond(message.data) });
    await connection.flush();
    const back = statusOf(connection, 'reconnect');
    await nats.restart(100);
    await back;
    expect((await connection.request('echo', 'still here')).string()).toBe('still here');
    await connection.close();
  });

  it('takes accounts and users from a configuration', async () => {
    const strict = await testNats({
      config: 'authorization { users: [{ user: a, password: b, permissions: { publish: "x" } }] }',
    });
    await expect(connect({ servers: strict.url })).rejects.toThrow(/authorization/i);
    const connection = await connect({ servers: strict.url, user: 'a', pass: 'b' });
    await connection.close();
    expect(await strict.log()).toContain('authentication error');
    await strict.stop();
  });

  it('names what is wrong with a configuration', async () => {
    await expect(testNats({ config: 'accounts { A { users: [' })).rejects.toMatchObject({ problem: 'nats-failed' });
  });
});
