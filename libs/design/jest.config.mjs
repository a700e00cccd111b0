import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'design', rootDir: import.meta.dirname };
