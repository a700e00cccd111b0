/**
 * Mutants of the law (our own mutator) and of the engine that decides by it (Stryker); their figures go to `docs/campaigns/`.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../../../../tools/workspace.mjs';
import { engineReport, lawReport } from './report.mjs';

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

/** Runs both campaigns and records them. @returns whether enough mutants were found out */
export async function mutants() {
  const [ofLaw, ofEngine] = [await law(), await engine()];
  rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
  const [head] = readFileSync(DOCUMENT, 'utf8').split(START);
  writeFileSync(DOCUMENT, `${head}${START}\n\n${ofLaw.text}\n\n${ofEngine.text}\n`);
  process.stdout.write(
    `found out: law ${ofLaw.score.toFixed(1)} %, engine ${ofEngine.score.toFixed(1)} % (at least ${LEAST})\n`,
  );
  return Math.min(ofLaw.score, ofEngine.score) >= LEAST;
}
