/**
 * `npm run bench -- --json FILE`: starts a whole system of its own, watches it idle and under load, does the bare work
 * beside it, and prints every figure with its unit, its floor and its ratio. Needs Linux (/proc) and a quiet machine.
 *
 * `--base N` first port (free ones unless told) · `--seconds N` per load (15) · `--consents N` to search in (1000000) ·
 * `--entries N` of the larger log, and of stored grants (1000000) · `--no-build` measures what is built ·
 * `--only NAME` one file of `bench/`; the system is started only where that file needs it.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build, checkNode, give, install, ROOT, run } from './workspace.mjs';

const BENCH = join(ROOT, 'bench');

/** What was asked for. */
function options() {
  const whole = (text, name) => (/^[1-9]\d{0,7}$/.test(text) ? Number(text) : give(`--${name} takes a whole number.`));
  try {
    const { values } = parseArgs({
      options: {
        json: { type: 'string' },
        base: { type: 'string' },
        seconds: { type: 'string', default: '15' },
        consents: { type: 'string', default: '1000000' },
        entries: { type: 'string', default: '1000000' },
        'no-build': { type: 'boolean', default: false },
        only: { type: 'string' },
      },
    });
    const { json, base, seconds, consents, entries, only } = values;
    return {
      json: json && resolve(process.env.INIT_CWD ?? '.', json),
      base: base && whole(base, 'base'),
      seconds: whole(seconds, 'seconds'),
      consents: whole(consents, 'consents'),
      entries: whole(entries, 'entries'),
      isBuilt: values['no-build'],
      only,
    };
  } catch (error) {
    return give(
      `${error.message} Usage: npm run bench -- [--json FILE] [--base N] [--seconds N] [--consents N] [--entries N] [--no-build] [--only NAME]`,
    );
  }
}

/** The system, and what walks it. */
async function buildAll() {
  await install();
  process.stdout.write('Building what has changed …\n');
  await build();
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const { code } = await run(process.execPath, [tsc, '-b', 'apps/journeys/tsconfig.lib.json'], { quiet: true });
  if (code !== 0) give('The build failed; its output is above.');
}

const load = (file) => import(pathToFileURL(file).href);

/** One file per figure or family of figures. One that says `alone` needs nothing observed. */
async function measures(only) {
  const files = readdirSync(BENCH).filter((name) => name.endsWith('.mjs') && (!only || name === `${only}.mjs`));
  if (files.length === 0) give(`There is no bench \`${only}\`.`);
  return Promise.all(files.sort().map((name) => load(join(BENCH, name))));
}

/** Figures with the ratio to their floor, every number with three significant digits. */
function finished({ name, unit, value, floor, note }) {
  const short = (number) => Number(number.toPrecision(3));
  const against = floor === undefined ? {} : { floor: short(floor), ratio: short(value / floor) };
  return { name, unit, value: short(value), ...against, note };
}

function table(figures) {
  const head = ['figure', 'unit', 'value', 'floor', 'ratio', 'note'];
  const rows = figures.map((figure) => [figure.name, ...head.slice(1).map((column) => figure[column] ?? '–')]);
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

checkNode();
if (process.platform !== 'linux') give('The bench reads /proc and needs Linux.');
const { json, base, seconds, consents, entries, isBuilt, only } = options();
if (!isBuilt) await buildAll();
const chosen = await measures(only);
const say = (line) => process.stderr.write(`${line}\n`);
const fail = (error) => give(`The bench failed: ${error.message}`);
const observing = () =>
  load(join(BENCH, 'support', 'observe.mjs')).then(({ observe }) => observe({ base, seconds, consents, say }));
const observed = chosen.every(({ alone }) => alone) ? {} : await observing().catch(fail);
const figures = [];
// One after the other: they share the machine.
for (const measure of chosen) {
  const found = await Promise.resolve(
    measure.default({ ...observed, sizes: { seconds, consents, entries }, say }),
  ).catch(fail);
  figures.push(...found.map(finished));
}
process.stdout.write(`${table(figures)}\n`);
const machine = { cpus: cpus().length, model: cpus()[0]?.model.trim(), node: process.versions.node };
if (json) writeFileSync(json, `${JSON.stringify({ at: new Date().toISOString(), machine, figures }, null, 2)}\n`);
process.exit(0);
