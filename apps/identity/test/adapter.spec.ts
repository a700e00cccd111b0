import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@bayway/testing';
import { migrate } from '@bayway/service';
import type { Adapter } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { identitySchema } from '../src/identity.module.js';
import { artifactAdapter } from '../src/oidc/adapter.js';
import { Sweeper } from '../src/oidc/sweeper.js';

let db: TestDatabase;
let rows: DataSource;
let store: (model: string) => Adapter;

beforeAll(async () => {
  db = await testDatabase();
  await migrate({ DATABASE_URL: db.appUrl, DATABASE_OWNER_URL: db.ownerUrl, DATABASE_POOL: 3 }, identitySchema);
  rows = await new DataSource({ type: 'postgres', url: db.appUrl, synchronize: false, poolSize: 10 }).initialize();
  store = artifactAdapter(rows, {
    metadata: (id) => Promise.resolve(id === 'known' ? { client_id: id } : undefined),
    save: () => Promise.reject(new Error('is not saved here')),
    remove: () => Promise.reject(new Error('is not removed here')),
  }) as (model: string) => Adapter;
});
afterAll(async () => {
  await rows.destroy();
  await db.drop();
});

const ok = (work: Promise<unknown>): Promise<boolean> =>
  work.then(
    () => true,
    () => false,
  );

describe('the store of the provider', () => {
  it('keeps, replaces, finds and forgets', async () => {
    const sessions = store('Session');
    await sessions.upsert('s1', { uid: 'u1', accountId: 'a' }, 60);
    await sessions.upsert('s1', { uid: 'u1', accountId: 'b' }, 60);
    expect(await sessions.find('s1')).toEqual({ uid: 'u1', accountId: 'b' });
    expect(await sessions.findByUid('u1')).toEqual({ uid: 'u1', accountId: 'b' });
    expect(await store('Interaction').find('s1')).toBeUndefined();
    await sessions.destroy('s1');
    expect(await sessions.find('s1')).toBeUndefined();
  });

  it('marks a code that is consumed, and leaves its expiry as it was', async () => {
    const codes = store('AuthorizationCode');
    await codes.upsert('c0', { grantId: 'g0' }, 60);
    const expiry = () => rows.query("select expires_at from oidc_artifact where id = 'c0'");
    const before = await expiry();
    await codes.consume('c0');
    expect((await codes.find('c0'))?.consumed).toEqual(expect.any(Number));
    expect(await expiry()).toEqual(before);
  });

  it.each(['AuthorizationCode', 'RefreshToken'])(
    'lets one of many consume a %s, and ends the grant that was used twice',
    async (model) => {
      const grantId = `grant-of-${model}`;
      await store('Grant').upsert(grantId, {}, 60);
      await store('AccessToken').upsert(`a-${model}`, { grantId }, 60);
      await store('Interaction').upsert(`i-${model}`, { grantId }, 60);
      await store(model).upsert('c1', { grantId }, 60);
      const took = await Promise.all(Array.from({ length: 8 }, () => ok(store(model).consume('c1'))));
      expect(took.filter(Boolean)).toHaveLength(1);
      const left = [store('Grant').find(grantId), store('AccessToken').find(`a-${model}`), store(model).find('c1')];
      expect(await Promise.all(left)).toEqual([undefined, undefined, undefined]);
      expect(await store('Interaction').find(`i-${model}`)).toBeDefined();
    },
  );

  it('lets one of many use a proof that counts once, until its time is over', async () => {
    const proofs = store('ReplayDetection');
    const took = await Promise.all(Array.from({ length: 8 }, () => ok(proofs.upsert('p1', {}, 60))));
    expect(took.filter(Boolean)).toHaveLength(1);
    await rows.query("update oidc_artifact set expires_at = now() - interval '1 second' where id = 'p1'");
    expect(await ok(proofs.upsert('p1', {}, 60))).toBe(true);
  });

  it('revokes by grant tokens and codes, never a running interaction', async () => {
    for (const model of ['AccessToken', 'AuthorizationCode', 'RefreshToken', 'Interaction'])
      await store(model).upsert(`${model}1`, { grantId: 'g1' }, 60);
    for (const model of ['AccessToken', 'AuthorizationCode', 'RefreshToken', 'Interaction'])
      await store(model).revokeByGrantId('g1');
    const left = await rows.query("select model from oidc_artifact where grant_id = 'g1'");
    expect(left).toEqual([{ model: 'Interaction' }]);
  });

  it('reads clients from settings, never from rows', async () => {
    await rows.query(
      "insert into oidc_artifact (model, id, payload, expires_at) values ('Client', 'forged', '{}', now())",
    );
    expect(await store('Client').find('known')).toEqual({ client_id: 'known' });
    expect(await store('Client').find('forged')).toBeUndefined();
  });

  it('sweeps what has expired, in batches, and keeps used requests as long as an interaction can last', async () => {
    await rows.query('delete from oidc_artifact');
    await rows.query(`insert into oidc_artifact (model, id, payload, expires_at)
      select 'Session', 'old' || n, '{}', now() - interval '1 day' from generate_series(1, 2500) n`);
    await store('PushedAuthorizationRequest').upsert('recent', {}, 1);
    await rows.query("update oidc_artifact set expires_at = now() - interval '70 minutes' where id = 'recent'");
    expect(await new Sweeper(rows).sweep()).toBe(2500);
    expect(await rows.query('select id from oidc_artifact')).toEqual([{ id: 'recent' }]);
  });
});
