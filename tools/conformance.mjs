/**
 * `npm run conformance -- [--port 4800] [--host localhost] [--suite URL] [--alias bayway]`: an identity node for the
 * OpenID conformance suite, on HTTPS (docs/guides/conformance.md). Starts afresh each time; Ctrl-C stops it.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build, checkNode, install, ROOT } from './workspace.mjs';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4800' },
    host: { type: 'string', default: 'localhost' },
    suite: { type: 'string', default: 'https://localhost.emobix.co.uk:8443' },
    alias: { type: 'string', default: 'bayway' },
  },
});
checkNode();
await install();
await build();
const { startConformance } = await import(join(ROOT, 'infra', 'dist', 'index.js'));
const home = await mkdtemp(join(tmpdir(), 'bayway-conformance-'));
const { port, host, suite: url, alias } = values;
const stopped = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
});
const node = await startConformance({ home, workspace: ROOT, port: Number(port), host, suite: { url, alias } });
process.stdout.write(`Issuer          ${node.issuer}
Resource        ${node.issuer}/resource
Rotate keys     ${node.issuer}/rotate-keys
Configurations  ${node.plans.join('\n                ')}
Ctrl-C stops it.
`);
await stopped;
await node.stop();
await rm(home, { recursive: true, force: true });
