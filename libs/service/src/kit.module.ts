import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule } from '@nestjs/core';
import { isRecordKeeper, type ServiceName } from '@bayway/contracts';
import { DataSource } from 'typeorm';
import { AccessGuard } from './access.js';
import { BorderGate } from './border.js';
import { Bus } from './bus.js';
import { CONFIG, type ServiceConfig } from './config.js';
import { databaseModule, type Schema } from './database.js';
import { evidenceRecordsController } from './evidence-records.controller.js';
import { FactsInbox } from './facts.js';
import { HealthController } from './health.controller.js';
import { Keys } from './keys.js';
import { ProblemFilter } from './problem.filter.js';
import { OutboxRelay } from './relay.js';
import { TokenVerifier } from './tokens.js';
import { Transactions } from './transactions.js';
import { validationPipe } from './validation.js';

export type Service<C extends ServiceConfig = ServiceConfig> = Readonly<{
  name: ServiceName;
  module: Type | DynamicModule;
  schema: Schema;
  config: C;
  /** Of a connector: the holder it stands beside. */
  address?: string;
}>;

/** What every service is given: settings, keys, bus, database, outbox, inbox, access, problems, health. */
@Module({})
export class KitModule {
  static for(service: Service, made: { bus: Bus; keys: Keys }): DynamicModule {
    const { name, config } = service;
    const me = { jurisdiction: config.JURISDICTION, service: name, issuer: config.ISSUER, baseUrl: config.BASE_URL };
    const atBorder = name === 'broker';
    return {
      module: KitModule,
      global: true,
      imports: [databaseModule(config, service.schema), DiscoveryModule, service.module],
      controllers: [HealthController, ...(isRecordKeeper(name) ? [evidenceRecordsController(name)] : [])],
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: Bus, useValue: made.bus },
        { provide: Keys, useValue: made.keys },
        {
          provide: TokenVerifier,
          useFactory: (db: DataSource) => new TokenVerifier(me, made.keys, db),
          inject: [DataSource],
        },
        {
          provide: BorderGate,
          useFactory: (db: DataSource) => (atBorder ? new BorderGate(me.jurisdiction, made.keys, db) : null),
          inject: [DataSource],
        },
        {
          provide: OutboxRelay,
          useFactory: (db: DataSource, gate: BorderGate | null) => new OutboxRelay(db, made.bus, gate),
          inject: [DataSource, BorderGate],
        },
        {
          provide: Transactions,
          useFactory: (db: DataSource) => new Transactions(db),
          inject: [DataSource],
        },
        {
          provide: FactsInbox,
          useFactory: (db: DataSource) => new FactsInbox(db),
          inject: [DataSource],
        },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_PIPE, useFactory: validationPipe },
      ],
      exports: [CONFIG, Bus, Keys, TokenVerifier, BorderGate, OutboxRelay, Transactions],
    };
  }
}
