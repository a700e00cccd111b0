import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'broker', rootDir: import.meta.dirname };
