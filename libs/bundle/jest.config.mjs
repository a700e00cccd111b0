import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'bundle', rootDir: import.meta.dirname };
