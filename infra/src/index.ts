export * from './databases.js';
export * from './nats-binary.js';
export * from './nats-server.js';
export * from './paths.js';
export * from './ports.js';
export * from './postgres.js';
export * from './setup-error.js';
