export * from './ceremony.js';
export * from './digest.js';
export * from './errors.js';
export * from './key-directory.js';
export * from './keys.js';
export * from './message.js';
export * from './record.js';
export * from './signed.js';
