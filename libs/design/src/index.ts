export * from './assets.js';
export * from './page.js';
export * from './render.js';
export * from './web.js';
