import { serve, type Running, type ServeOptions } from '@bayway/service';
import type { ConsoleConfig } from './config.js';
import { ConsoleModule } from './console.module.js';
import { Console1700000500000 } from './migrations/1700000500000-console.js';
import { Administrators1700005600000 } from './migrations/1700005600000-administrators.js';
import { mount } from './mount.js';
import { SessionEntity, SignInEntity } from './sessions/session.entity.js';

/** Starts a console with its settings. */
export const serveConsole = (config: ConsoleConfig, options: Pick<ServeOptions, 'directory'> = {}): Promise<Running> =>
  serve(
    {
      name: 'console',
      module: ConsoleModule,
      schema: {
        entities: [SessionEntity, SignInEntity],
        migrations: [Console1700000500000, Administrators1700005600000],
      },
      config,
    },
    { ...options, mount: mount(config) },
  );
