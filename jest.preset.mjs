import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));
delete swc.$schema;
const ts = structuredClone(swc);
ts.jsc.parser.tsx = false;

export default {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  testMatch: ['<rootDir>/src/**/*.spec.ts', '<rootDir>/src/**/*.spec.tsx', '<rootDir>/test/**/*.spec.ts'],
  transform: {
    '^.+\\.tsx$': ['@swc/jest', { ...swc, swcrc: false }],
    '^.+\\.ts$': ['@swc/jest', { ...ts, swcrc: false }],
  },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  testEnvironmentOptions: { customExportConditions: ['@bayway/source', 'node', 'node-addons'] },
  workerIdleMemoryLimit: '700MB',
  testTimeout: 30_000,
  maxWorkers: 1,
  reporters: ['default', new URL('./tools/test-report.mjs', import.meta.url).pathname],
};
