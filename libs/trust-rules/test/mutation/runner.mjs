/**
 * A Stryker test runner for the engine. It loads the instrumented sources afresh for every mutant, in process, and holds
 * the mutant against recorded decisions and examples (`checks.ts`); thousands of comparisons take a fraction of a second,
 * where a run of Jest takes several.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { transformSync } from '@swc/core';

/** Times a mutated place may be passed in one run; a mutant beyond it loops. */
const HIT_LIMIT = 5_000_000;

const compiled = (file) =>
  transformSync(readFileSync(file, 'utf8'), {
    filename: file,
    swcrc: false,
    module: { type: 'commonjs' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  }).code;

/** The sources below a folder, ready to be loaded any number of times. */
function sourcesOf(project) {
  const files = ['src', 'test'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true }).map((name) => join(project, folder, name)),
  );
  const wanted = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
  return new Map(wanted.map((file) => [file, compiled(file)]));
}

/** The packages and built-in modules that the sources import, loaded once. */
async function packagesOf(sources) {
  const names = [...sources.values()].flatMap((code) =>
    [...code.matchAll(/require\("([^."][^"]*)"\)/g)].map(([, name]) => name),
  );
  const loaded = [...new Set(names)].map(async (name) => [name, { __esModule: true, ...(await import(name)) }]);
  return new Map(await Promise.all(loaded));
}

/** Loads a module and the sources it imports, as if for the first time. */
function fresh({ sources, packages }, entry) {
  const loaded = new Map();
  const load = (file) => {
    const known = loaded.get(file);
    if (known) return known.exports;
    const module = { exports: {} };
    loaded.set(file, module);
    const require = (name) =>
      name.startsWith('.') ? load(join(dirname(file), name.replace(/\.js$/, '.ts'))) : packages.get(name);
    new Function('module', 'exports', 'require', '__filename', sources.get(file))(
      module,
      module.exports,
      require,
      file,
    );
    return module.exports;
  };
  return load(entry);
}

class RulesRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    const project = join(process.cwd(), 'libs/trust-rules');
    this.entry = join(project, 'test/mutation/checks.ts');
    globalThis.__stryker__ = {};
    const sources = sourcesOf(project);
    this.loaded = { sources, packages: await packagesOf(sources) };
    this.known = fresh(this.loaded, join(project, 'test/mutation/known.ts')).knownCases();
  }

  dryRun() {
    return this.#run(undefined);
  }

  mutantRun({ activeMutant }) {
    return toMutantRunResult(this.#run(activeMutant.id));
  }

  #run(activeMutant) {
    globalThis.__stryker__ = { activeMutant, hitCount: 0, hitLimit: HIT_LIMIT };
    const started = Date.now();
    const failure = this.#failure();
    if (globalThis.__stryker__.hitCount > HIT_LIMIT) return { status: DryRunStatus.Timeout };
    const test = { id: 'checks', name: 'recorded decisions and examples', timeSpentMs: Date.now() - started };
    const result =
      failure === undefined ? { status: TestStatus.Success } : { status: TestStatus.Failed, failureMessage: failure };
    return { status: DryRunStatus.Complete, tests: [{ ...test, ...result }] };
  }

  #failure() {
    try {
      return fresh(this.loaded, this.entry).firstFailure(this.known);
    } catch (error) {
      return `thrown: ${error.message}`;
    }
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'rules', RulesRunner)];
