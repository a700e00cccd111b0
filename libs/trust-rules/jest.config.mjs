import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'trust-rules', rootDir: import.meta.dirname };
