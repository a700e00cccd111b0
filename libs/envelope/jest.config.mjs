import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'envelope', rootDir: import.meta.dirname };
