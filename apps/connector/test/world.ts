import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  audienceOf,
  DomainError,
  issuePermit,
  factSubject,
  readChunk,
  recipientName,
  releaseRecord,
  resolveHandle,
  type FactContract,
  type ReleaseSummary,
  type RequestContract,
} from '@bayway/contracts';
import type { IdentityDocument } from '@bayway/domain';
import {
  canonicalDigest,
  digestOf,
  encryptTo,
  epochSeconds,
  randomName,
  sign,
  type PrivateKey,
} from '@bayway/envelope';
import { Bus, problemOf, readConfig, type Running } from '@bayway/service';
import { testDatabase, testNats, testTrust, type TestDatabase, type TestNats, type TestTrust } from '@bayway/testing';
import { DataSource } from 'typeorm';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { ConnectorConfig } from '../src/config.js';
import type { Order } from '../src/releases/orders.service.js';
import { serveConnector } from '../src/serve-connector.js';
import { connectorFile, DOCUMENT, holderSystem } from './holder-system.js';

export const HOLDER = 'pengwan-credit';
/** What the holder's own pages show to its connector. */
export const CARRY_TOKEN = 'carry-token-of-the-test-only-0123456789';
export const BANK = 'hk/participant/tsing-wan-bank';
export type Permission = z.infer<typeof issuePermit.request>;

/** A connector under test beside a real holder's system, with identity and consent answering on the real bus. */
export class World {
  documents: IdentityDocument[] = [DOCUMENT];
  /** Claims of permits that differ from the right ones, and who signs them; a problem instead, when set. */
  permitClaims: Record<string, unknown> = {};
  permitSigner = 'cn/consent';
  permitKey: PrivateKey | null = null;
  permitProblem: DomainError | null = null;
  readonly asked: Permission[] = [];
  running!: Running;

  private constructor(
    private readonly at: {
      trust: TestTrust;
      nats: TestNats;
      system: TestDatabase;
      database: TestDatabase;
      bus: Bus;
      staging: string;
    },
  ) {}

  static async create(): Promise<World> {
    const owners = [
      [BANK, ['sig', 'enc']],
      ['mo/participant/tsing-wan-bank', ['sig']],
      [`cn/participant/${HOLDER}`, ['sig', 'enc']],
      [`cn/connector/${HOLDER}`, ['sig', 'enc']],
    ] as const;
    const [trust, nats, system, database] = await Promise.all([
      testTrust(owners),
      testNats(),
      holderSystem(),
      testDatabase(),
    ]);
    const bus = await Bus.connect({ url: nats.url, user: 'others', password: '' });
    const staging = join(await mkdtemp(join(tmpdir(), 'bayway-staging-')), 'staged');
    const world = new World({ trust, nats, system, database, bus, staging });
    world.answerAsIdentityAndConsent();
    await world.start();
    return world;
  }

  get trust(): TestTrust {
    return this.at.trust;
  }
  get bus(): Bus {
    return this.at.bus;
  }
  get staging(): string {
    return this.at.staging;
  }
  get db(): DataSource {
    return this.running.app.get(DataSource);
  }

  /** Starts the connector; with another file than the usual one when given. */
  async start(file: object = connectorFile(this.at.system.appUrl)): Promise<void> {
    const { trust, nats, database, staging } = this.at;
    const path = join(await mkdtemp(join(tmpdir(), 'bayway-connector-')), 'connector.yaml');
    await writeFile(path, stringify(file));
    const environment = {
      NODE_ENV: 'test',
      LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
      JURISDICTION: 'cn',
      PORT: '0',
      BASE_URL: 'http://cn-connector.test',
      DATABASE_URL: database.appUrl,
      DATABASE_OWNER_URL: database.ownerUrl,
      NATS_URL: nats.url,
      NATS_USER: 'connector',
      NATS_PASSWORD: 'not-checked-by-this-server',
      ISSUER: 'http://cn-identity.test',
      CONNECTOR_FILE: path,
      STAGING_DIR: staging,
      CARRY_TOKEN: CARRY_TOKEN,
      HOLDER_KEYS_DIR: trust.keysDir(`cn/participant/${HOLDER}`),
      ...trust.settings(`cn/connector/${HOLDER}`),
    };
    this.running = await serveConnector(readConfig(ConnectorConfig, environment), { directory: trust.source });
  }

  async end(): Promise<void> {
    await this.running.stop();
    await this.bus.close();
    await Promise.all([this.at.database.drop(), this.at.system.drop(), this.at.nats.stop()]);
  }

  reset(): void {
    const usual = {
      documents: [DOCUMENT],
      permitClaims: {},
      permitSigner: 'cn/consent',
      permitKey: null,
      permitProblem: null,
    };
    Object.assign(this, usual);
    this.asked.length = 0;
  }

  private answerAsIdentityAndConsent(): void {
    const connector = this.trust.key(`cn/connector/${HOLDER}`, 'enc');
    this.answers(resolveHandle, async () => ({
      jwe: await encryptTo(
        { kid: connector.kid, key: connector.publicKey },
        { kind: 'person', documents: this.documents },
      ),
    }));
    this.answers(issuePermit, async (asked) => {
      this.asked.push(asked);
      if (this.permitProblem) throw this.permitProblem;
      const { subjectHandle: _handle, ...release } = asked;
      const iat = epochSeconds(new Date());
      const claims = {
        iss: 'cn/consent',
        jti: randomUUID(),
        iat,
        exp: iat + 10,
        use: 1,
        ...release,
        ...this.permitClaims,
      };
      return { permit: await sign(this.permitKey ?? this.trust.key(this.permitSigner, 'sig'), 'permit', claims) };
    });
  }

  private answers<Q extends z.ZodType, A extends z.ZodType>(
    contract: RequestContract<Q, A>,
    give: (body: z.infer<Q>) => Promise<z.input<A>>,
  ): void {
    const callback = (
      _error: Error | null,
      message: { json: () => unknown; respond: (text: string) => boolean },
    ): void => {
      const { id, data } = message.json() as { id: string; data: unknown };
      void give(contract.request.parse(data)).then(
        (response) => message.respond(JSON.stringify({ id, response, isDisposed: true })),
        (error: unknown) => message.respond(JSON.stringify({ id, err: problemOf(error), isDisposed: true })),
      );
    };
    this.bus.connection.subscribe(contract.subject, { callback: callback as never });
  }

  /** Delivers a fact to the connector, as its owner's relay does. */
  async tell<D extends z.ZodType>(contract: FactContract<D>, data: z.input<D>): Promise<void> {
    const subject = factSubject(contract.subject, recipientName('connector', HOLDER));
    await this.bus.request(subject, [{ id: randomUUID(), data }]);
  }

  release(order: Order): Promise<ReleaseSummary> {
    return this.bus.ask(releaseRecord, order, { address: HOLDER, timeoutMs: 10_000 });
  }

  /** The whole staged ciphertext, piece by piece. */
  async fetch(dataRequestId: Order['dataRequestId']): Promise<string> {
    const pieces: Buffer[] = [];
    for (let index = 0; ; index += 1) {
      const { data, last } = await this.bus.ask(readChunk, { dataRequestId, index }, { address: HOLDER });
      pieces.push(Buffer.from(data, 'base64'));
      if (last) return Buffer.concat(pieces).toString();
    }
  }

  /** What a broker hands over: valid and boring, with overrides of the request, the assessments and their signers. */
  async order(over: OrderOver = {}): Promise<Order> {
    const iat = epochSeconds(new Date());
    const request = {
      ...{ iss: 'tsing-wan-bank', aud: audienceOf('hk', 'broker'), jti: randomUUID(), iat, exp: iat + 120 },
      ...{ request_id: randomUUID(), dataset: 'credit-report', exporter: 'cn', holder: HOLDER },
      items: ['subject-name', 'accounts', 'defaults'],
      purpose: { code: 'credit-underwriting' },
      recipient_key: this.trust.key(BANK, 'enc').kid,
      ...{ consent_id: randomUUID(), subject_handle: randomName() },
      ...over.request,
    };
    const signedRequest = await sign(this.trust.key(over.signer ?? BANK, 'sig'), 'request', request);
    const made = { dataRequestId: randomUUID() as Order['dataRequestId'], signedRequest };
    return {
      ...made,
      importerAssessment: await this.assessment(over.importer ?? 'hk/broker', signedRequest, over.importerClaims),
      exporterAssessment: await this.assessment(over.exporter ?? 'cn/broker', signedRequest, over.exporterClaims),
    };
  }

  private assessment(iss: string, signedRequest: string, over: Record<string, unknown> = {}): Promise<string> {
    const claims = {
      ...{
        iss,
        jti: randomUUID(),
        iat: epochSeconds(new Date()),
        stage: 'release',
        requestDigest: digestOf(signedRequest),
      },
      ...{ outcome: 'permit', proceeds: true, missing: [], unknown: [], because: ['CN.PIPL.13'], droppedItems: [] },
      obligations: [{ code: 'recipient-records', due: 'P3Y', rule: 'GBA.HK.C3' }],
      ...{
        acts: [],
        factsDigest: canonicalDigest({}),
        pack: { version: '1', digest: canonicalDigest({}) },
        asOf: '2026-11-22',
      },
      ...over,
    };
    return sign(this.trust.key(iss, 'sig'), 'assessment', claims);
  }
}

export type OrderOver = Readonly<{
  request?: Record<string, unknown>;
  signer?: string;
  importer?: string;
  exporter?: string;
  importerClaims?: Record<string, unknown>;
  exporterClaims?: Record<string, unknown>;
}>;

/** What a call was refused with, or `accepted`. */
export const codeOf = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => (error as { code?: string }).code ?? String(error),
  );
