/**
 * Mutants of the law (our own mutator) and of the engine that decides by it (Stryker); their figures go to `docs/campaigns/`.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run } from '../../../../tools/workspace.mjs';
import { engineReport, lawReport } from './report.mjs';

const REPORT = join(ROOT, '.stryker-tmp/mutation.json');
const DOCUMENT = join(ROOT, 'docs/campaigns/trust-rules.md');
/** Least share of the engine's mutants, in percent, that must be found out; of the law's, every one must. */
const LEAST = 85;

const START = '<!-- made by npm run test:long -->';
const source = ['--conditions', '@bayway/source', '--import', '@swc-node/register/esm-register'];

async function law() {
  const script = join(ROOT, 'libs/trust-rules/test/mutation/law.ts');
  const { code, output } = await run(process.execPath, [...source, script], { quiet: true });
  return code === 0 ? lawReport(JSON.parse(output)) : { passes: false, text: 'The campaign on the law failed.' };
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
    `law: ${ofLaw.passes ? 'every mutant changes some case' : 'mutants live'}; engine: ${ofEngine.score.toFixed(1)} % found out (at least ${LEAST})\n`,
  );
  return ofLaw.passes && ofEngine.score >= LEAST;
}
