import preset from '../jest.preset.mjs';

export default { ...preset, displayName: 'infra', rootDir: import.meta.dirname };
