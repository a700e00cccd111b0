import { factSubject, requestSubject, type FactContract, type RequestContract } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { Bus, problemOf, readConfig, serve, type Running } from '@bayway/service';
import { testDatabase, testNats, testTrust, type TestDatabase, type TestNats, type TestTrust } from '@bayway/testing';
import type { Subscription } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import type { z } from 'zod';
import { BrokerModule } from '../src/broker.module.js';
import { BrokerConfig } from '../src/config.js';
import { schema } from '../src/schema.js';
import { participantsFile, type FileInput } from './participants.js';

const SIDES = ['hk', 'mo', 'cn'] as const;
const PASSWORD = 'password-of-a-test';

/** One nats-server with an account per jurisdiction; only border subjects pass from one to another. */
function accounts(): string {
  const account = (me: Jurisdiction) => ({
    users: ['broker', 'others'].map((user) => ({ user: `${me}-${user}`, password: PASSWORD })),
    exports: [{ service: `border.${me}.>` }],
    imports: SIDES.filter((other) => other !== me).map((other) => ({
      service: { account: other.toUpperCase(), subject: `border.${other}.>` },
    })),
  });
  return JSON.stringify({ accounts: Object.fromEntries(SIDES.map((me) => [me.toUpperCase(), account(me)])) });
}

type Started = { running: Running; database: TestDatabase; bus: Bus; start: (who?: FileInput) => Promise<Running> };

/** A broker under test, and the bus of its jurisdiction as its other services use it. */
export class Side {
  constructor(private readonly at: Started) {}

  get running(): Running {
    return this.at.running;
  }
  get bus(): Bus {
    return this.at.bus;
  }
  get db(): DataSource {
    return this.at.running.app.get(DataSource);
  }

  /** Stops the broker and starts it again on the same database; with other participants when given. */
  async restart(participants?: FileInput): Promise<void> {
    await this.at.running.stop();
    this.at.running = await this.at.start(participants);
  }

  async end(): Promise<void> {
    await this.at.running.stop();
    await this.at.bus.close();
    await this.at.database.drop();
  }
}

export class World {
  private constructor(
    readonly trust: TestTrust,
    readonly nats: TestNats,
  ) {}
  private readonly closing: (() => Promise<void>)[] = [];

  static async create(): Promise<World> {
    const [nats, trust] = await Promise.all([
      testNats({ config: accounts() }),
      testTrust([
        ['hk/participant/tsing-wan-bank', ['sig', 'enc']],
        ['hk/participant/closed-bank', ['sig', 'enc']],
        ['cn/participant/pengwan-credit', ['sig']],
        ['hk/participant/kowloon-school', ['sig']],
      ]),
    ]);
    return new World(trust, nats);
  }

  async broker(me: Jurisdiction, participants: FileInput): Promise<Side> {
    const database = await testDatabase();
    const bus = await Bus.connect({ url: this.nats.url, user: `${me}-others`, password: PASSWORD });
    const start = async (who: FileInput = participants): Promise<Running> =>
      this.start(me, database, await participantsFile(who));
    const side = new Side({ running: await start(), database, bus, start });
    this.closing.push(() => side.end());
    return side;
  }

  private start(me: Jurisdiction, database: TestDatabase, file: string): Promise<Running> {
    const environment = {
      NODE_ENV: 'test',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      JURISDICTION: me,
      PORT: '0',
      BASE_URL: `http://${me}-broker.test`,
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      NATS_URL: this.nats.url,
      NATS_USER: `${me}-broker`,
      NATS_PASSWORD: PASSWORD,
      ISSUER: `http://${me}-identity.test`,
      PARTICIPANTS_FILE: file,
      WEBHOOK_HOSTS: 'localhost',
      ...this.trust.settings(`${me}/broker`),
    };
    const config = readConfig(BrokerConfig, environment);
    return serve({ name: 'broker', module: BrokerModule, schema, config }, { directory: this.trust.source });
  }

  async end(): Promise<void> {
    await Promise.all(this.closing.map((close) => close()));
    await this.nats.stop();
  }
}

type Frame = { id: string; data: unknown };

/** Answers a request on the bus as the service that owns it would, in the contract's shapes. */
export function answers<Q extends z.ZodType, A extends z.ZodType>(
  bus: Bus,
  contract: RequestContract<Q, A>,
  give: (body: z.infer<Q>) => z.input<A> | Promise<z.input<A>>,
  address?: string,
): Subscription {
  return listen(bus, requestSubject(contract, address ?? '*'), async (data) =>
    contract.answer.parse(await give(contract.request.parse(data))),
  );
}

/** Answers a request on the bus with whatever it likes, as a service that was taken over might. */
export const answersAnything = <Q extends z.ZodType>(
  bus: Bus,
  contract: RequestContract<Q>,
  give: (body: z.infer<Q>) => unknown,
): Subscription =>
  listen(bus, requestSubject(contract, '*'), (data) => Promise.resolve(give(contract.request.parse(data))));

/** Takes in a fact on the bus as a subscriber would. */
export function takes<D extends z.ZodType>(
  bus: Bus,
  contract: FactContract<D>,
  by: { as: string; take: (data: z.infer<D>) => void },
): Subscription {
  return listen(bus, factSubject(contract.subject, by.as), (batch) => {
    for (const { data } of batch as { data: unknown }[]) by.take(contract.data.parse(data));
    return Promise.resolve({ taken: 1 });
  });
}

function listen(bus: Bus, subject: string, handle: (data: unknown) => Promise<unknown>): Subscription {
  const callback = (
    _error: Error | null,
    message: { json: () => unknown; respond: (data: string) => boolean },
  ): void => {
    const { id, data } = message.json() as Frame;
    handle(data).then(
      (response) => message.respond(JSON.stringify({ id, response, isDisposed: true })),
      (error: unknown) => message.respond(JSON.stringify({ id, err: problemOf(error), isDisposed: true })),
    );
  };
  return bus.connection.subscribe(subject, { callback: callback as never });
}

/** Waits until something holds, at most `timeoutMs`. */
export async function until(met: () => boolean | Promise<boolean>, timeoutMs = 10_000): Promise<void> {
  for (const end = Date.now() + timeoutMs; Date.now() < end; await new Promise((next) => setTimeout(next, 20)))
    if (await met()) return;
  throw new Error('it did not come to that');
}

/** What a call was refused with, or `accepted`. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );

/** How many rows some tables have. */
export async function counted(db: DataSource, ...tables: string[]): Promise<Record<string, number>> {
  const [row] = await db.query<Record<string, number>[]>(
    `select ${tables.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
  );
  return row ?? {};
}
