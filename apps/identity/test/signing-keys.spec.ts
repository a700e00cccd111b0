import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { migrate } from '@bayway/service';
import { testDatabase, type TestDatabase } from '@bayway/testing';
import { DataSource } from 'typeorm';
import { identitySchema } from '../src/identity.module.js';
import { SCHEDULE, SigningKeys } from '../src/oidc/signing-keys.js';
import { localVault } from '../src/oidc/vault.js';
import { Secrets } from '../src/secrets.js';

const DAY = 86_400_000;
const vault = localVault(new Secrets(randomBytes(32).toString('base64url')));
let db: TestDatabase;
let rows: DataSource;
const opened: SigningKeys[] = [];

const open = async (): Promise<SigningKeys> => {
  const keys = await SigningKeys.open(rows, vault);
  opened.push(keys);
  return keys;
};
const kids = (keys: SigningKeys, now: Date) => keys.published(now).map(({ kid }) => kid ?? '');

beforeAll(async () => {
  db = await testDatabase();
  await migrate({ DATABASE_URL: db.appUrl, DATABASE_OWNER_URL: db.ownerUrl, DATABASE_POOL: 3 }, identitySchema);
  rows = await new DataSource({ type: 'postgres', url: db.appUrl, synchronize: false, poolSize: 5 }).initialize();
}, 60_000);
beforeEach(() => rows.query('delete from signing_key'));
afterAll(async () => {
  for (const keys of opened) keys.onApplicationShutdown();
  await rows.destroy();
  await db.drop();
});

describe('the keys of a provider', () => {
  it('are one set for all instances that start at once, and sealed where they lie', async () => {
    const now = new Date();
    const [a, b] = await Promise.all([open(), open()]);
    expect(kids(a, now)).toHaveLength(1);
    await b.turn(now);
    await a.turn(now);
    expect(kids(b, now)).toEqual(kids(a, now));
    const [row] = await rows.query<[{ sealed: Buffer; kid: string }]>('select sealed, kid from signing_key');
    expect(row.sealed.toString('latin1')).not.toContain('RSA');
    await expect(vault.open(row.sealed, 'signing-key another')).rejects.toThrow();
    const other = localVault(new Secrets(randomBytes(32).toString('base64url')));
    await expect(other.open(row.sealed, `signing-key ${row.kid}`)).rejects.toThrow();
  });

  it('turn over by schedule: the next is published a day ahead, the old one stays until its last token has expired', async () => {
    const keys = await open();
    const start = Date.now();
    const at = async (days: number): Promise<string[]> => {
      const now = new Date(start + days * DAY);
      await keys.turn(now);
      return kids(keys, now);
    };
    const [first] = await at(1);
    expect(await at(28)).toEqual([first]);
    const ahead = await at(29.2);
    expect(ahead).toEqual([first, expect.any(String)]);
    const second = ahead[1];
    expect(await at(30.5)).toEqual([second, first]);
    expect(await at(31.5)).toEqual([second]);
    expect(SCHEDULE.keptMs).toBeGreaterThan(8 * 3_600_000);
  });

  it('are rotated by hand: the new one is published at once and signs when every instance has read it', async () => {
    const [a, b] = [await open(), await open()];
    const now = new Date();
    const [old] = kids(a, now);
    const young = await a.rotate(now);
    expect(kids(a, now)).toEqual([old, young]);
    await b.turn(now);
    const later = new Date(now.getTime() + 2 * SCHEDULE.readMs + 1);
    expect(kids(b, later)).toEqual([young, old]);
    expect(kids(b, later)).toEqual(kids(a, later));
  });

  it('after a long stop, are published as long ahead as ever', async () => {
    const keys = await open();
    const now = new Date(Date.now() + 90 * DAY);
    const [old] = kids(keys, now);
    await keys.turn(now);
    expect(kids(keys, now)).toEqual([old, expect.any(String)]);
    expect(kids(keys, new Date(now.getTime() + SCHEDULE.aheadMs))[1]).toBe(old);
  });
});
