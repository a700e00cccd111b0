import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'connector', rootDir: import.meta.dirname };
