#!/usr/bin/env node
/**
 * Runs a command with the secrets that `npm start` made for an owner's keys in its environment, and prints none of them:
 * `node tools/with-local-keys.mjs hk/broker COMMAND …`. For a system on one's own machine; a deployment keeps each secret apart.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { give, ROOT } from './workspace.mjs';

const home = process.env.BAYWAY_HOME ?? join(ROOT, '.bayway');
const secrets = join(ROOT, 'infra', 'dist', 'local', 'secrets.js');
const [owner = '', command, ...args] = process.argv.slice(2);
const [, jurisdiction] = /^(hk|mo|cn)\/[a-z]+(?:\/[a-z0-9-]+)?$/.exec(owner) ?? [];

if (!jurisdiction || !command)
  give('usage: node tools/with-local-keys.mjs OWNER COMMAND …, with an owner such as `hk/broker`');
if (!existsSync(join(home, 'secrets', 'master')) || !existsSync(secrets))
  give(`no local run has made keys in ${home} yet; \`npm start\` does`);
const { localSecrets } = await import(pathToFileURL(secrets).href);
const derive = await localSecrets(home);
const env = {
  ...process.env,
  BAYWAY_ROOT_PASSPHRASE: derive(`${jurisdiction} root passphrase`),
  BAYWAY_KEK: derive(`${owner} kek`),
};
const { status, error } = spawnSync(command, args, { stdio: 'inherit', env });
if (error) give(error.message);
process.exit(status ?? 1);
