/**
 * `npm run test:long`: campaigns too long for every change. Their figures are recorded in `docs/campaigns/`.
 * Mutants of the law (our own mutator) and of the engine that decides by it (Stryker).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineReport, lawReport } from '../libs/trust-rules/test/mutation/report.mjs';
import { build, checkNode, install, ROOT, run } from './workspace.mjs';

const LAW = join(ROOT, 'libs/trust-rules/test/survivors.txt');
const REPORT = join(ROOT, '.stryker-tmp/mutation.json');
const DOCUMENT = join(ROOT, 'docs/campaigns/trust-rules.md');
/** Least share of mutants, in percent, that must be found out. */
const LEAST = 85;

const START = '<!-- made by npm run test:long -->';
const source = ['--conditions', '@bayway/source', '--import', '@swc-node/register/esm-register'];

async function law() {
  const script = join(ROOT, 'libs/trust-rules/test/mutation/law.ts');
  const { code, output } = await run(process.execPath, [...source, script, LAW], { quiet: true });
  return code === 0 ? lawReport(JSON.parse(output)) : { score: 0, text: 'The campaign on the law failed.' };
}

async function engine() {
  const stryker = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { code } = await run(process.execPath, [stryker, 'run', 'libs/trust-rules/stryker.config.json']);
  if (code !== 0) return { score: 0, text: 'The campaign on the engine failed.' };
  return engineReport(JSON.parse(readFileSync(REPORT, 'utf8')));
}

checkNode();
await install();
await build();
const [ofLaw, ofEngine] = [await law(), await engine()];
rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
const [head] = readFileSync(DOCUMENT, 'utf8').split(START);
writeFileSync(DOCUMENT, `${head}${START}\n\n${ofLaw.text}\n\n${ofEngine.text}\n`);
process.stdout.write(
  `found out: law ${ofLaw.score.toFixed(1)} %, engine ${ofEngine.score.toFixed(1)} % (at least ${LEAST})\n`,
);
process.exit(Math.min(ofLaw.score, ofEngine.score) >= LEAST ? 0 : 1);
