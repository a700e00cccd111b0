import { serve, type Running, type ServeOptions } from '@bayway/service';
import type { IdentityConfig } from './config.js';
import { IdentityModule, identitySchema } from './identity.module.js';
import { mountProvider } from './oidc/mount.js';

/** Starts the identity service of one jurisdiction. */
export const serveIdentity = (config: IdentityConfig, options: ServeOptions = {}): Promise<Running> =>
  serve(
    { name: 'identity', module: IdentityModule, schema: identitySchema, config },
    { ...options, mount: mountProvider },
  );
