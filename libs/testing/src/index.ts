export * from './bundles/index.js';
export { freePort } from '@bayway/infra';
export * from './chromium.js';
export * from './python.js';
export * from './routes.js';
export * from './test-cluster.js';
export * from './test-database.js';
export * from './test-nats.js';
export * from './trust.js';
