import { generateKeyPair as generate, createPrivateKey } from 'node:crypto';
import { promisify } from 'node:util';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { calculateJwkThumbprint, type JWK } from 'jose';
import type { DataSource, EntityManager } from 'typeorm';
import type { Vault } from './vault.js';

const generateKeyPair = promisify(generate);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How a key set turns over. */
export const SCHEDULE = {
  /** A key signs for so long. */
  everyMs: 30 * DAY_MS,
  /** The next one is published so long before it signs: relying parties keep the set for a while. */
  aheadMs: DAY_MS,
  /** A key that signs no more stays published so long: more than an ID token lives, and the session it names. */
  keptMs: DAY_MS,
  /** Every instance reads the set so often; a rotation by hand waits twice as long before it signs. */
  readMs: 15_000,
} as const;

const MODULUS_BITS = 2048;

type Row = { kid: string; sealed: Buffer; signs_from: Date };
type Opened = Readonly<{ jwk: JWK; kid: string; signsFrom: number }>;

/**
 * The RS256 keys of the provider, which every OpenID provider must offer to clients that ask for nothing else (OpenID
 * Connect Discovery 1.0 section 3). They turn over by themselves, are shared by all instances through the database and
 * lie there sealed. What our own services and the peers rely on is signed with ES256 keys of the key directory instead.
 */
export class SigningKeys implements OnApplicationShutdown {
  private readonly logger = new Logger('signing-keys');
  private keys: readonly Opened[] = [];
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly db: DataSource,
    private readonly vault: Vault,
  ) {}

  /** Opens the set, with a first key when there is none, and keeps it turning. */
  static async open(db: DataSource, vault: Vault): Promise<SigningKeys> {
    const keys = new SigningKeys(db, vault);
    await keys.turn(new Date());
    keys.timer = setInterval(() => void keys.keepTurning(), SCHEDULE.readMs);
    keys.timer.unref();
    return keys;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async keepTurning(): Promise<void> {
    await this.turn(new Date()).catch((error: unknown) => this.logger.warn({ failure: (error as Error).message }));
  }

  /** What is published now, the key that signs first; then those that are to sign next or signed before. */
  published(now: Date): JWK[] {
    const signing = this.keys.filter(({ signsFrom }) => signsFrom <= now.getTime());
    const next = this.keys.filter(({ signsFrom }) => signsFrom > now.getTime());
    return [...signing, ...next].map(({ jwk, kid }) => ({ ...jwk, kid, use: 'sig', alg: 'RS256' }));
  }

  /**
   * Rotates by hand: a new key signs after `aheadMs`, also when one was due later. The one before stays published until
   * the last token it signed has expired.
   * @returns its `kid`
   */
  async rotate(now: Date, aheadMs: number = 2 * SCHEDULE.readMs): Promise<string> {
    const key = await newKey();
    await this.locked(async (tx) => {
      await tx.query('delete from signing_key where signs_from > $1', [now]);
      await this.insert(tx, key, new Date(now.getTime() + aheadMs));
    });
    await this.read();
    return key.kid;
  }

  /** Brings the set to where it should be at this time, then reads it. Instances take turns. */
  async turn(now: Date): Promise<void> {
    await this.read();
    const due = dueAt(this.keys, now);
    if (due !== null) await this.add(now, due);
    await this.db.query(
      `delete from signing_key old using signing_key young
        where old.signs_from < young.signs_from and young.signs_from < $1`,
      [new Date(now.getTime() - SCHEDULE.keptMs)],
    );
    await this.read();
  }

  private async add(now: Date, due: Date): Promise<void> {
    const key = await newKey();
    await this.locked(async (tx) => {
      const rows: Row[] = await tx.query('select signs_from from signing_key');
      const keys = rows.map(({ signs_from }) => ({ signsFrom: signs_from.getTime() }));
      if (dueAt(keys, now) !== null) await this.insert(tx, key, due);
    });
  }

  private locked(work: (tx: EntityManager) => Promise<void>): Promise<void> {
    return this.db.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock(4101)');
      await work(tx);
    });
  }

  private async insert(tx: EntityManager, { kid, jwk }: NewKey, signsFrom: Date): Promise<void> {
    const sealed = await this.vault.seal(JSON.stringify(jwk), `signing-key ${kid}`);
    await tx.query('insert into signing_key (kid, sealed, signs_from) values ($1, $2, $3)', [kid, sealed, signsFrom]);
  }

  private async read(): Promise<void> {
    const rows: Row[] = await this.db.query('select kid, sealed, signs_from from signing_key order by signs_from desc');
    const known = new Map(this.keys.map((key) => [key.kid, key.jwk]));
    const open = async ({ kid, sealed }: Row): Promise<JWK> =>
      known.get(kid) ?? (JSON.parse(await this.vault.open(sealed, `signing-key ${kid}`)) as JWK);
    this.keys = await Promise.all(
      rows.map(async (row) => ({ kid: row.kid, jwk: await open(row), signsFrom: row.signs_from.getTime() })),
    );
  }
}

type NewKey = Readonly<{ kid: string; jwk: JWK }>;

async function newKey(): Promise<NewKey> {
  const { privateKey } = await generateKeyPair('rsa', {
    modulusLength: MODULUS_BITS,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const jwk = createPrivateKey(privateKey).export({ format: 'jwk' }) as JWK;
  return { kid: await calculateJwkThumbprint({ kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' }), jwk };
}

/** When the next key is to sign, if it is time to publish one; else null. */
function dueAt(keys: readonly Pick<Opened, 'signsFrom'>[], now: Date): Date | null {
  if (keys.length === 0) return now;
  const last = Math.max(...keys.map(({ signsFrom }) => signsFrom));
  const due = last + SCHEDULE.everyMs;
  if (now.getTime() < due - SCHEDULE.aheadMs) return null;
  // After a long stop it is overdue: published for as long as ever before it signs.
  return new Date(Math.max(due, now.getTime() + SCHEDULE.aheadMs));
}
