import preset from '../../jest.preset.mjs';

export default { ...preset, displayName: 'journeys', rootDir: import.meta.dirname };
