/** Jest reporter: leaves each project's counts in `.test/results.json`, where `npm test` adds them up, also from Nx's cache. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export default class TestReport {
  constructor(globalConfig) {
    this.folder = join(globalConfig.rootDir, '.test');
  }

  onRunComplete(_contexts, results) {
    mkdirSync(this.folder, { recursive: true });
    const seconds = Math.round((Date.now() - results.startTime) / 100) / 10;
    const counts = {
      passed: results.numPassedTests,
      failed: results.numFailedTests + results.numRuntimeErrorTestSuites,
      skipped: results.numPendingTests + results.numTodoTests,
      seconds,
    };
    writeFileSync(join(this.folder, 'results.json'), JSON.stringify(counts));
  }
}
