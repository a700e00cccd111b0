import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'consent', rootDir: import.meta.dirname };
