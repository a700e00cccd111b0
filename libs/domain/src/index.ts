export * from './assurance.js';
export * from './consent.js';
export * from './data-request.js';
export * from './dataset.js';
export * from './identity-document.js';
export * from './ids.js';
export * from './place.js';
export * from './subject.js';
