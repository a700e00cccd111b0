import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import {
  assess,
  audienceOf,
  consentEnded,
  DomainError,
  evidenceRecorded,
  factSubject,
  recipientName,
  toProblem,
  type AssessAnswer,
  type FactContract,
  type Role,
} from '@bayway/contracts';
import type { RoutedDetail } from '@bayway/domain';
import { epochSeconds, sign } from '@bayway/envelope';
import { withClient } from '@bayway/infra';
import { Bus, readConfig, serve, type Running } from '@bayway/service';
import { testDatabase, testNats, testTrust, type TestDatabase, type TestNats, type TestTrust } from '@bayway/testing';
import { DataSource } from 'typeorm';
import { ConsentConfig } from '../src/config.js';
import { ConsentModule } from '../src/consent.module.js';
import { ConsentsService } from '../src/consents/consents.service.js';
import { schema } from '../src/schema.js';
import { newAssessed, newHandle } from './factories.js';
import { Resident } from './resident.js';

export { Resident };

const BASE_URL = 'http://cn-consent.test';

/** The consent service of `cn` on real PostgreSQL and NATS, and a broker on the same bus that answers as told. */
export class World {
  /** What the broker answers next; by default: go on. */
  assessed: (detail: RoutedDetail) => Promise<AssessAnswer> = (detail) => newAssessed(this.trust, detail);
  asked = 0;

  private constructor(
    readonly trust: TestTrust,
    readonly nats: TestNats,
    readonly db: TestDatabase,
    readonly service: Running,
    readonly bus: Bus,
  ) {}

  /** @param settings beyond the usual ones */
  static async start(settings: Record<string, string> = {}): Promise<World> {
    const owners = [
      ['hk/participant/tsing-wan-bank', ['sig']],
      ['mo/participant/tsing-wan-bank', ['sig']],
      ['hk/participant/lek-yuen-finance', ['sig']],
      ['cn/connector/pengwan-credit', ['sig']],
    ] as const;
    const [trust, nats, db] = await Promise.all([testTrust(owners), testNats(), testDatabase()]);
    const config = readConfig(ConsentConfig, {
      NODE_ENV: 'test',
      JURISDICTION: 'cn',
      PORT: '0',
      BASE_URL,
      DATABASE_URL: db.appUrl,
      DATABASE_OWNER_URL: db.ownerUrl,
      NATS_URL: nats.url,
      NATS_USER: 'cn-consent',
      NATS_PASSWORD: 'not-checked-by-this-server',
      ISSUER: 'http://cn-identity.test',
      CONSOLE_URL: 'http://cn-console.test',
      LOG_LEVEL: 'silent',
      ...trust.settings('cn/consent'),
      ...settings,
    });
    const options = { directory: trust.source };
    const service = await serve({ name: 'consent', module: ConsentModule, schema, config }, options);
    const bus = await Bus.connect({ url: nats.url, user: 'cn-others', password: '' });
    const world = new World(trust, nats, db, service, bus);
    world.answerAsBroker();
    for (const contract of [consentEnded, evidenceRecorded])
      for (const service of contract.to) world.hearAs(factSubject(contract.subject, recipientName(service, '*')));
    await bus.connection.flush();
    return world;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.bus.close();
    await this.db.drop();
    await this.nats.stop();
  }

  private answerAsBroker(): void {
    const respond = async (data: Uint8Array): Promise<unknown> => {
      const frame = JSON.parse(new TextDecoder().decode(data)) as { id: string; data: unknown };
      const { detail } = assess.request.parse(frame.data) as { detail: RoutedDetail };
      this.asked += 1;
      const answered = await this.assessed(detail).catch((error: unknown) => error);
      if (answered instanceof DomainError) return { id: frame.id, err: toProblem(answered), isDisposed: true };
      return { id: frame.id, response: assess.answer.parse(answered), isDisposed: true };
    };
    this.bus.connection.subscribe(assess.subject, {
      callback: (_error, message) =>
        void respond(message.data).then((answer) => message.respond(JSON.stringify(answer))),
    });
  }

  /** Takes in facts as a subscriber does, so that the relay comes to rest. */
  private hearAs(subject: string): void {
    this.bus.connection.subscribe(subject, {
      callback: (_error, message) => {
        const { id, data } = message.json<{ id: string; data: unknown[] }>();
        message.respond(JSON.stringify({ id, response: { taken: data.length }, isDisposed: true }));
      },
    });
  }

  /** A query as the service's own role. */
  query<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T[]> {
    return this.service.app.get(DataSource).query(sql, parameters);
  }

  /** The one row of a query. */
  async row<T = Record<string, unknown>>(sql: string, parameters: unknown[] = []): Promise<T> {
    const rows = await this.query<T>(sql, parameters);
    assert.equal(rows.length, 1);
    return rows[0] as T;
  }

  /** A statement as the owner of the tables: what only time or a mistake could do. */
  asOwner(sql: string, parameters: unknown[] = []): Promise<unknown> {
    return withClient(this.db.ownerUrl, (client) => client.query(sql, parameters));
  }

  /** The columns of a table that are written, not generated. */
  async columnsOf(table: string): Promise<string> {
    const rows = await this.query<{ columns: string }>(
      `select string_agg(attname, ', ' order by attnum) as columns from pg_attribute
        where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
      [table],
    );
    return rows[0]?.columns ?? '';
  }

  /** Another consent just like this one, with an ask, a flow, a handle and acts of its own. */
  async copyOf(consentId: string): Promise<{ consentId: string; subjectHandle: string }> {
    const [id, ask, flow, handle] = [randomUUID(), randomUUID(), randomUUID(), newHandle()];
    const copy = async (table: string, where: string, changes: object) => {
      const columns = await this.columnsOf(table);
      const copied = `select (jsonb_populate_record(t, $2)).* from ${table} t where ${where}`;
      await this.query(`insert into ${table} (${columns}) select ${columns} from (${copied}) copied`, [
        consentId,
        JSON.stringify(changes),
      ]);
    };
    const its = 'id = (select ask_id from consent where id = $1)';
    await copy('ask', its, { id: ask, flow_id: flow, digest: newHandle() });
    await copy('consent', 'id = $1', { id, ask_id: ask, flow_id: flow, subject_handle: handle });
    await copy('act', "consent_id = $1 and kind = 'overseas'", { jti: randomUUID(), consent_id: id });
    return { consentId: id, subjectHandle: handle };
  }

  /** Rows of every table, the outbox among them, once time has done its work: the sweeper adds nothing in between. */
  async counts(): Promise<Record<string, number>> {
    await this.service.app.get(ConsentsService).sweep();
    const tables = [
      'ask',
      'ask_history',
      'ask_shown',
      'representation',
      'representation_end',
      'notice_version',
      'notice_draft',
      'consent',
      'consent_history',
      'act',
      'receipt',
      'consent_use',
      'permit',
      'acknowledgement',
      'withdrawal',
      'notification',
      'objection',
    ];
    const all = [...tables, 'evidence_record', 'outbox'];
    const [row] = await this.query<Record<string, number>>(
      `select ${all.map((table) => `(select count(*)::int from ${table}) as ${table}`).join(', ')}`,
    );
    return row as Record<string, number>;
  }

  /** Delivers one fact as the relay of its owner would. */
  async tell(contract: FactContract, data: unknown, id: string = randomUUID()): Promise<void> {
    await this.bus.request(`${contract.subject}.to.consent`, [{ id, data }]);
  }

  actorToken(subject: string, over: Record<string, unknown> = {}, by = 'cn/identity'): Promise<string> {
    const iat = epochSeconds(new Date());
    const claims = { iss: by, aud: audienceOf('cn', 'consent'), sub: subject, jti: randomUUID(), iat, exp: iat + 60 };
    return sign(this.trust.key(by, 'sig'), 'actor', { ...claims, level: 3, ...over });
  }

  /** A resident of `cn`, with everything she can do. */
  resident(): Resident {
    return new Resident(this);
  }
}

/** What an administrator's token holds beside her name. */
export const officer = (...roles: Role[]) => ({ scope: 'openid administration', roles });

/** The problem code a call ends with, or `accepted`. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

/** The last part of a problem's type. */
export const problemIn = ({ body }: { body: Record<string, unknown> }): string =>
  String(body['type']).split('/').at(-1) ?? '';
