export * from './categories.js';
export * from './decide.js';
export * from './decision.js';
export * from './facts.js';
export * from './registry.js';
