/**
 * `npm run test:long`: campaigns too long for every change. Their figures are recorded in `docs/campaigns/`.
 * Mutants of the law (our own mutator) and of the engine that decides by it (Stryker).
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, checkNode, install, ROOT, run } from './workspace.mjs';

const LAW = join(ROOT, 'libs/trust-rules/test/survivors.txt');
const REPORT = join(ROOT, '.stryker-tmp/mutation.json');
const DOCUMENT = join(ROOT, 'docs/campaigns/trust-rules.md');
/** Least share of the engine's mutants that must be found out. */
const LEAST = 85;

const START = '<!-- made by npm run test:long -->';
const source = ['--conditions', '@bayway/source', '--import', '@swc-node/register/esm-register'];

async function law() {
  const script = join(ROOT, 'libs/trust-rules/test/mutation/law.ts');
  const { code } = await run(process.execPath, [...source, script, LAW]);
  if (code !== 0) return ['The campaign on the law failed.'];
  const survivors = readFileSync(LAW, 'utf8').split('\n').filter(Boolean);
  return [
    `### The law\n\n${survivors.length} mutants change no case; they are listed in \`libs/trust-rules/test/survivors.txt\`.`,
  ];
}

/** Mutants of the engine by how they ended, and the places of those that lived. */
function engineReport() {
  const { files } = JSON.parse(readFileSync(REPORT, 'utf8'));
  const mutants = Object.entries(files).flatMap(([file, { mutants: list, source: text }]) =>
    list.map((mutant) => ({ ...mutant, file, original: text.split('\n')[mutant.location.start.line - 1].trim() })),
  );
  const caught = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  const lived = mutants.filter(({ status }) => status === 'Survived' || status === 'NoCoverage');
  const score = (100 * caught) / (caught + lived.length);
  const rows = lived.map(({ file, location, mutatorName, replacement, original }) => {
    const cell = (text) => `\`${String(text).replace(/\s+/g, ' ').replaceAll('|', '\\|').slice(0, 80)}\``;
    return `| ${file.replace('libs/trust-rules/src/', '')}:${location.start.line} | ${mutatorName} | ${cell(original)} | ${cell(replacement)} |`;
  });
  const table = ['| place | mutator | line | becomes |', '| --- | --- | --- | --- |', ...rows].join('\n');
  return {
    score,
    text: `### The engine\n\n${caught} of ${caught + lived.length} mutants found out: ${score.toFixed(1)} %.\n\n${table}`,
  };
}

async function engine() {
  const stryker = join(ROOT, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const { code } = await run(process.execPath, [stryker, 'run', 'libs/trust-rules/stryker.config.json']);
  if (code !== 0) return { score: 0, text: 'The campaign on the engine failed.' };
  return engineReport();
}

checkNode();
await install();
await build();
const [lawText] = await law();
const { score, text } = await engine();
rmSync(join(ROOT, '.stryker-tmp'), { recursive: true, force: true });
const [head] = readFileSync(DOCUMENT, 'utf8').split(START);
writeFileSync(DOCUMENT, `${head}${START}\n\n${lawText}\n\n${text}\n`);
process.stdout.write(`engine: ${score.toFixed(1)} % of its mutants found out (at least ${LEAST})\n`);
process.exit(score >= LEAST ? 0 : 1);
