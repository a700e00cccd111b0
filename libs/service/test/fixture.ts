import { randomUUID } from 'node:crypto';
import { Controller, Inject, Injectable, Module, Body, Get, Param, Post } from '@nestjs/common';
import { Payload } from '@nestjs/microservices';
import {
  activateConsent,
  assessPeer,
  audienceOf,
  consentEnded,
  consentEndedAbroad,
  DomainError,
  grantEnded,
  issuePermit,
  type ServiceName,
} from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { epochSeconds, newKey, sign, type PrivateKey } from '@bayway/envelope';
import { testDatabase, testTrust, type TestDatabase, type TestNats, type TestTrust } from '@bayway/testing';
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose';
import { DataSource, type EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  Access,
  addToOutbox,
  Answers,
  currentActor,
  Handles,
  OnFact,
  readConfig,
  serve,
  ServiceConfig,
  type Running,
} from '../src/index.js';

const Note = z.strictObject({ text: z.string().max(20) });
const Echo = z.object({ text: z.string(), who: z.string().nullable() });

/** A service with one of everything: routes with each kind of access, messages, facts in and out. */
@Injectable()
@Controller()
export class Probe {
  readonly taken: string[] = [];
  failing = false;

  constructor(@Inject(DataSource) private readonly db: DataSource) {}

  @Get('open')
  @Access('public')
  @Answers(Echo)
  open(): z.infer<typeof Echo> {
    return { text: 'open', who: null, ...{ surplus: 'dropped' } };
  }

  @Get('undeclared')
  undeclared(): string {
    return 'never';
  }

  @Post('notes')
  @Access('public')
  @Answers(Echo)
  note(@Body({ schema: Note }) body: z.infer<typeof Note>): z.infer<typeof Echo> {
    return { text: body.text, who: null };
  }

  @Get('mine/:id')
  @Access({ scope: 'consent' })
  @Answers(Echo)
  mine(@Param('id', { schema: z.uuid() }) id: string): z.infer<typeof Echo> {
    return { text: id, who: currentActor()?.subject ?? null };
  }

  @Get('broken')
  @Access('public')
  @Answers(Echo)
  broken(): never {
    throw new TypeError('a secret detail');
  }

  @Handles(activateConsent)
  @Access('actor')
  activate(@Payload({ schema: activateConsent.request }) body: z.infer<typeof activateConsent.request>): unknown {
    if (currentActor()?.level === 1) throw new DomainError('level-too-low', { needed: 3 });
    return { consentId: body.consentId, state: 'given', receipt: 'a.b.c' };
  }

  @Handles(issuePermit)
  @Access('services')
  permit(@Payload({ schema: issuePermit.request }) _body: z.infer<typeof issuePermit.request>): unknown {
    return { permit: 'not a signed object' };
  }

  @Handles(assessPeer)
  @Access('services')
  peer(@Payload({ schema: assessPeer.request }) _body: unknown): never {
    throw new DomainError('dataset-unknown', { dataset: 'x' });
  }

  @OnFact(grantEnded)
  async ended(data: z.infer<typeof grantEnded.data>, tx: EntityManager): Promise<void> {
    if (this.failing) throw new TypeError('not now');
    await tx.query('select 1');
    this.taken.push(data.consentId);
  }

  @OnFact(consentEndedAbroad)
  abroad(data: z.infer<typeof consentEndedAbroad.data>): void {
    this.taken.push(data.consentId);
  }

  @OnFact(consentEnded)
  endedAtHolder({ consentId }: z.infer<typeof consentEnded.data>): void {
    this.taken.push(consentId);
  }

  /** Tells identity, broker and the connector of one holder that a consent ended. */
  async tellEnd(consentId: string, holder?: string): Promise<void> {
    const between = { importer: 'hk', exporter: 'cn', holder: holder ?? 'nobody', recipient: 'a-bank' } as const;
    const data = { consentId, state: 'withdrawn', at: new Date().toISOString(), ...between, flowId: randomUUID() };
    const fact = { aggregate: consentId, data: data as never, ...(holder === undefined ? {} : { holder }) };
    await this.db.transaction((tx) => addToOutbox(tx, consentEnded, fact));
  }

  /** Writes facts in one transaction each, as a service would. */
  async emit(ids: readonly string[]): Promise<void> {
    for (const consentId of ids)
      await this.db.transaction((tx) =>
        addToOutbox(tx, grantEnded, {
          aggregate: 'one',
          data: { consentId: consentId as never, at: new Date().toISOString() },
        }),
      );
  }
}

@Module({ controllers: [Probe] })
class ProbeModule {}

export type World = { trust: TestTrust; nats: TestNats; databases: TestDatabase[]; running: Running[] };

/** Starts the probe as a given service of a given jurisdiction, on real PostgreSQL and NATS; beside a holder when given. */
export async function startProbe(
  world: Omit<World, 'trust'> & { trust: Pick<TestTrust, 'enter' | 'settings' | 'source'> },
  jurisdiction: Jurisdiction,
  name: ServiceName,
  { db, holder }: { db?: TestDatabase; holder?: string } = {},
): Promise<{ app: Running; probe: Probe; db: TestDatabase }> {
  const database = db ?? (await testDatabase());
  if (!db) world.databases.push(database);
  const owner = [jurisdiction, name, ...(holder === undefined ? [] : [holder])].join('/');
  if (holder !== undefined) await world.trust.enter(owner, ['sig', 'enc']);
  const environment = {
    JURISDICTION: jurisdiction,
    PORT: '0',
    BASE_URL: `http://${jurisdiction}-${name}.test`,
    DATABASE_URL: database.appUrl,
    DATABASE_OWNER_URL: database.ownerUrl,
    NATS_URL: world.nats.url,
    NATS_USER: `${jurisdiction}-${name}`,
    NATS_PASSWORD: 'not-checked-by-this-server',
    ISSUER: `http://${jurisdiction}-identity.test`,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    ...world.trust.settings(owner),
  };
  const config = readConfig(ServiceConfig, environment);
  const app = await serve(
    {
      name,
      module: ProbeModule,
      schema: { entities: [], migrations: [] },
      config,
      ...(holder === undefined ? {} : { address: holder }),
    },
    { directory: world.trust.source },
  );
  world.running.push(app);
  return { app, probe: app.app.get(Probe), db: database };
}

export const newWorld = async (nats: TestNats): Promise<World> => ({
  trust: await testTrust(),
  nats,
  databases: [],
  running: [],
});

export async function endWorld(world: World): Promise<void> {
  await Promise.all(world.running.map((r) => r.stop()));
  await Promise.all(world.databases.map((d) => d.drop()));
  await world.nats.stop();
}

/** An actor token as identity signs it. */
export const actorToken = (
  trust: TestTrust,
  over: Record<string, unknown> = {},
  owner = 'cn/identity',
): Promise<string> => {
  const iat = epochSeconds(new Date());
  const claims = {
    iss: owner,
    aud: audienceOf('cn', 'consent'),
    sub: randomUUID(),
    jti: randomUUID(),
    iat,
    exp: iat + 60,
    level: 3,
    ...over,
  };
  return sign(trust.key(owner, 'sig'), 'actor', claims);
};

export type Caller = { key: PrivateKey; token: string };

/** An access token as identity's OP issues it, bound to a key of its own. */
export async function accessToken(trust: TestTrust, over: Record<string, unknown> = {}): Promise<Caller> {
  const key = await newKey('sig');
  const signer = trust.key('cn/identity', 'oidc');
  const claims = {
    client_id: 'console',
    scope: 'openid consent',
    jti: randomUUID(),
    cnf: { jkt: await calculateJwkThumbprint(key.publicKey) },
    acr: 'urn:bayway:loa:3',
  };
  const token = await new SignJWT({
    iss: 'http://cn-identity.test',
    sub: 'resident',
    aud: audienceOf('cn', 'consent'),
    ...claims,
    ...over,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signer.kid })
    .setIssuedAt()
    .setExpirationTime((over['exp'] as number | undefined) ?? '5m')
    .sign(await importJWK(signer.jwk, 'ES256'));
  return { key, token };
}

/** A DPoP proof (RFC 9449) for one call. */
export async function proofFor(caller: Caller, call: { method: string; url: string; iat?: number }): Promise<string> {
  const ath = (await import('@bayway/envelope')).digestOf(caller.token);
  return new SignJWT({ htm: call.method, htu: call.url, jti: randomUUID(), ath })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...caller.key.publicKey } })
    .setIssuedAt(call.iat)
    .sign(await importJWK(caller.key.jwk, 'ES256'));
}
