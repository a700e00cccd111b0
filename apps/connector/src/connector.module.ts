import { Module, type DynamicModule } from '@nestjs/common';
import type { Keys } from '@bayway/service';
import type { ConnectorConfig, ConnectorFile } from './config.js';
import { DestructionService } from './releases/destruction.service.js';
import { ReleasesHandler } from './releases/releases.handler.js';
import { ReleasesService } from './releases/releases.service.js';
import { Staging, STAGING } from './releases/staging.js';
import { CONNECTOR, Source } from './source/source.service.js';
import { HOLDER_KEYS, STANDING } from './standing.js';

/** The wiring of one connector. */
@Module({})
export class ConnectorModule {
  static for(config: ConnectorConfig, file: ConnectorFile, holderKeys: Keys): DynamicModule {
    return {
      module: ConnectorModule,
      controllers: [ReleasesHandler],
      providers: [
        { provide: CONNECTOR, useValue: file },
        { provide: STANDING, useValue: { jurisdiction: config.JURISDICTION, holder: file.holder } },
        { provide: HOLDER_KEYS, useValue: holderKeys },
        { provide: STAGING, useFactory: () => new Staging(config.STAGING_DIR) },
        Source,
        ReleasesService,
        DestructionService,
      ],
    };
  }
}
