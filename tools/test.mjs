/**
 * `npm test`: everything, in order. `npm run test:quick`: without journeys.
 * Ends with a line `N passed, N failed`.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkNode, install, nx, ROOT, run, build } from './workspace.mjs';

const quick = process.argv.includes('--quick');
const PROJECTS = [
  ...['libs', 'apps'].flatMap((kind) => readdirSync(join(ROOT, kind)).map((name) => `${kind}/${name}`)),
  'infra',
];
/** Seconds a project's tests may take before that alone is a failure. */
const BUDGETS = {
  default: 300,
  'apps/consent': 480,
  'apps/evidence': 480,
  'apps/identity': 600,
  'apps/journeys': 1500,
};

const steps = { passed: 0, failed: 0 };
async function step(name, work) {
  const started = Date.now();
  process.stdout.write(`\n── ${name}\n`);
  const ok = await work().then(
    (outcome) => outcome === true,
    (error) => process.stderr.write(`${error.message}\n`) && false,
  );
  steps[ok ? 'passed' : 'failed'] += 1;
  process.stdout.write(`── ${name}: ${ok ? 'passed' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`);
}

/** Minutes after which tests that do not end by themselves are stopped. */
const LIMITS = { tests: 40, journeys: 30 };

const green = async (promise) => (await promise).code === 0;
const node = (script, ...args) => green(run(process.execPath, [join(ROOT, script), ...args]));

function counts() {
  const sum = { passed: 0, failed: 0 };
  for (const project of PROJECTS) {
    const file = join(ROOT, project, '.test', 'results.json');
    if (!existsSync(file)) continue;
    const { passed, failed, skipped, seconds } = JSON.parse(readFileSync(file, 'utf8'));
    const budget = BUDGETS[project] ?? BUDGETS.default;
    if (seconds > budget) process.stdout.write(`OVER BUDGET: ${project} took ${seconds} s of ${budget} s\n`);
    if (skipped > 0)
      process.stdout.write(`SKIPPED: ${project} left out ${skipped} tests; a skipped test counts as failed\n`);
    sum.passed += passed;
    sum.failed += failed + skipped + (seconds > budget ? 1 : 0);
  }
  return sum;
}

checkNode();
await install();
for (const project of PROJECTS) rmSync(join(ROOT, project, '.test'), { recursive: true, force: true });
await step('project graph', () => green(nx(['show', 'projects'], { quiet: true })));
await step('format', () =>
  green(
    run(process.execPath, [
      join(ROOT, 'node_modules/prettier/bin/prettier.cjs'),
      '--check',
      '--log-level',
      'warn',
      '.',
    ]),
  ),
);
await step('build', async () => {
  await build();
  return true;
});
await step('lint', () =>
  green(nx(['run-many', '-t', 'lint', '--outputStyle=stream-without-prefixes', '--parallel=2'])),
);
await step('boundary canary', () => node('tools/boundary-canary.mjs'));
await step('typecheck', () =>
  green(run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-b', 'tsconfig.json'])),
);
await step('browser and python', async () => {
  const { findChromium } = await import('../libs/testing/dist/chromium.js');
  const { findPython } = await import('../libs/testing/dist/python.js');
  process.stdout.write(`${await findChromium()}\n${await findPython()}\n`);
  return true;
});
const tests = (limitMinutes, ...what) =>
  green(nx([...what, '--outputStyle=stream-without-prefixes'], { limitMinutes }));
await step('tests', () => tests(LIMITS.tests, 'run-many', '-t', 'test', '--exclude=journeys', '--parallel=2'));
if (!quick) await step('journeys', () => tests(LIMITS.journeys, 'run', 'journeys:test'));
await step('generated documents', () => node('tools/generate-docs.mjs', '--check'));

const counted = counts();
const passed = counted.passed + steps.passed;
const failed = counted.failed + steps.failed;
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed === 0 ? 0 : 1);
