import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import { Bus, readConfig, type Running } from '@bayway/service';
import {
  freePort,
  testDatabase,
  testNats,
  testTrust,
  type TestDatabase,
  type TestNats,
  type TestTrust,
} from '@bayway/testing';
import {
  auditLog,
  type CheckpointTrust,
  type LogAudit,
  noteVerifier,
  parseTlogProof,
  tilePath,
  verifierKey,
} from '@bayway/transparency';
import pg from 'pg';
import { EvidenceConfig } from '../src/config.js';
import { serveEvidence } from '../src/serve-evidence.js';

/** One jurisdiction's evidence service with its own database, nats-server and settings. */
export type Side = {
  readonly jurisdiction: Jurisdiction;
  readonly db: TestDatabase;
  readonly nats: TestNats;
  readonly url: string;
  readonly directoryFile: string;
  readonly environment: Record<string, string>;
  running: Running | undefined;
};

export type World = Readonly<{ trust: TestTrust; sides: Readonly<Record<Jurisdiction, Side>> }>;

/** Makes the three sides; none is started yet. */
export async function newWorld(): Promise<World> {
  const trust = await testTrust();
  const urls: Record<string, string> = {};
  for (const jurisdiction of JURISDICTIONS) urls[jurisdiction] = `http://127.0.0.1:${await freePort()}`;
  const made = JURISDICTIONS.map((jurisdiction) => newSide(trust, jurisdiction, urls));
  const sides = Object.fromEntries((await Promise.all(made)).map((side) => [side.jurisdiction, side]));
  return { trust, sides: sides as Record<Jurisdiction, Side> };
}

async function newSide(trust: TestTrust, jurisdiction: Jurisdiction, urls: Record<string, string>): Promise<Side> {
  const [db, nats] = await Promise.all([testDatabase(), testNats()]);
  const url = urls[jurisdiction] ?? '';
  const directoryFile = join(trust.folder, `${jurisdiction}.jsonl`);
  await writeFile(directoryFile, `${(trust.lines.get(jurisdiction) ?? []).join('\n')}\n`);
  const environment = {
    ...trust.settings(`${jurisdiction}/evidence`),
    EVIDENCE_URLS: JSON.stringify(urls),
    DIRECTORY_FILE: directoryFile,
    JURISDICTION: jurisdiction,
    PORT: new URL(url).port,
    BASE_URL: url,
    DATABASE_URL: db.appUrl,
    DATABASE_OWNER_URL: db.ownerUrl,
    DATABASE_POOL: '6',
    NATS_URL: nats.url,
    NATS_USER: `${jurisdiction}-evidence`,
    NATS_PASSWORD: 'not-checked-by-this-server',
    ISSUER: `http://${jurisdiction}-identity.test`,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
  };
  return { jurisdiction, db, nats, url, directoryFile, environment, running: undefined };
}

/** Starts a side in this process. */
export async function start(side: Side): Promise<Running> {
  side.running = await serveEvidence(readConfig(EvidenceConfig, side.environment));
  return side.running;
}

export async function stop(side: Side): Promise<void> {
  const { running } = side;
  side.running = undefined;
  await running?.stop();
}

export async function endWorld({ sides }: World): Promise<void> {
  await Promise.all(Object.values(sides).map(stop));
  await Promise.all(Object.values(sides).map(({ db, nats }) => Promise.all([db.drop(), nats.stop()])));
}

/** A commitment as a service makes one. */
export const newCommitment = (): string => randomBytes(32).toString('base64url');

export const eventOf = (commitment: string) => ({
  id: randomUUID(),
  data: { commitment, at: new Date().toISOString() },
});

/** Delivers facts as the relay of another service does, and waits for the reply after the commit. */
export async function deliver(side: Side, events: readonly ReturnType<typeof eventOf>[]): Promise<unknown> {
  const bus = await Bus.connect({ url: side.nats.url, user: 'broker', password: 'not-checked-by-this-server' });
  try {
    return await bus.request('evidence.recorded.v1.to.evidence', events);
  } finally {
    await bus.close();
  }
}

/** Delivers `count` fresh commitments in batches and answers them. */
export async function record(side: Side, count: number): Promise<string[]> {
  const commitments = Array.from({ length: count }, newCommitment);
  for (let at = 0; at < count; at += 100) await deliver(side, commitments.slice(at, at + 100).map(eventOf));
  return commitments;
}

/** What a verifier trusts for a side's log: its log key, and the two others' witness keys. */
export function trustIn({ trust }: World, jurisdiction: Jurisdiction): CheckpointTrust {
  const bytes = (owner: Jurisdiction, use: 'log' | 'witness') =>
    Buffer.from(trust.key(`${owner}/evidence`, use).publicKey.x, 'base64url');
  const origin = logOrigin(jurisdiction);
  const witnesses = JURISDICTIONS.filter((j) => j !== jurisdiction);
  return {
    origin,
    log: [noteVerifier(verifierKey(origin, 'note', bytes(jurisdiction, 'log')))],
    cosigners: witnesses.map((j) => noteVerifier(verifierKey(witnessName(j), 'cosignature', bytes(j, 'witness')))),
  };
}

/** Derives a side's whole log again over HTTP. */
export function audit(world: World, side: Side): Promise<LogAudit> {
  const checkpoints = async function* () {
    for (let after = -1; ;) {
      const page = (await getJson(`${side.url}/checkpoints?after=${after}`)) as { checkpoints: string[] };
      if (page.checkpoints.length === 0) return;
      yield* page.checkpoints;
      after = Number(page.checkpoints.at(-1)?.split('\n')[1]);
    }
  };
  const log = {
    checkpoint: async () => (await fetch(`${side.url}/checkpoint`)).text(),
    file: async (tile: Parameters<typeof tilePath>[0]) => {
      const response = await fetch(`${side.url}/${tilePath(tile)}`);
      return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
    },
    checkpoints,
  };
  return auditLog(log, trustIn(world, side.jurisdiction));
}

export const getJson = async (url: string): Promise<unknown> => (await fetch(url)).json();

/** The proof of a commitment once the log has it; both witnesses' too, when asked. */
export async function proofOf(side: Side, commitment: string, cosigned = true) {
  return until(async () => {
    const response = await fetch(`${side.url}/proofs/${commitment}`);
    if (!response.ok) return undefined;
    const text = await response.text();
    const signatures = text.split('\n').filter((line) => line.startsWith('—')).length;
    return !cosigned || signatures === 3 ? parseTlogProof(text) : undefined;
  });
}

/** Polls until there is an answer; fails after `limitMs`. */
export async function until<T>(look: () => Promise<T | undefined>, limitMs = 15_000): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const answer = await look();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error('it did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Rows of a query, as a role of the side's database. */
export async function rows(url: string, sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
