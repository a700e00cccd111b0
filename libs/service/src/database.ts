import { TypeOrmModule, type TypeOrmModuleOptions } from '@nestjs/typeorm';
import type { DynamicModule } from '@nestjs/common';
import { DataSource, type DataSourceOptions, type EntityManager, type MixedList } from 'typeorm';
import type { ServiceConfig } from './config.js';
import { Kit1700000000000 } from './migrations/1700000000000-kit.js';
import { DeadLetters1700000000100 } from './migrations/1700000000100-dead-letters.js';
import { PreparingClient } from './prepared.js';

type Class = abstract new (...args: never[]) => unknown;
export type Schema = Readonly<{ entities: readonly Class[]; migrations: readonly Class[] }>;
type Settings = Pick<ServiceConfig, 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_POOL'>;

const options = (url: string, schema: Schema): DataSourceOptions => ({
  type: 'postgres',
  url,
  entities: [...schema.entities] as MixedList<never>,
  migrations: [Kit1700000000000, DeadLetters1700000000100, ...schema.migrations] as MixedList<never>,
  synchronize: false,
  migrationsTransactionMode: 'each',
});

/** Runs pending migrations as the owner role, when there is one; instances that start together take turns. */
export async function migrate(config: Settings, schema: Schema): Promise<void> {
  if (!config.DATABASE_OWNER_URL) return;
  const db = await new DataSource({
    ...options(config.DATABASE_OWNER_URL, schema),
    poolSize: 1,
  } as DataSourceOptions).initialize();
  try {
    await db.query('select pg_advisory_lock(4100)');
    await db.runMigrations();
  } finally {
    await db.destroy();
  }
}

/** TypeORM for one service: small pool, statement time-out, no schema magic. */
export const databaseModule = (config: Settings, schema: Schema): DynamicModule =>
  TypeOrmModule.forRoot({
    ...options(config.DATABASE_URL, schema),
    poolSize: config.DATABASE_POOL,
    extra: {
      Client: PreparingClient,
      statement_timeout: 10_000,
      idle_in_transaction_session_timeout: 15_000,
      connectionTimeoutMillis: 5_000,
    },
    retryAttempts: 30,
    retryDelay: 500,
  } as TypeOrmModuleOptions);

/** Takes a row lock and answers its rows; for the places where two writers are normal. */
export const lockRow = <T>(tx: EntityManager, sql: string, parameters: unknown[]): Promise<T[]> =>
  tx.query(`${sql} for update`, parameters);
