import js from '@eslint/js';
import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';
import bayway from './tools/eslint/plugin.mjs';

const frameworks = ['@nestjs/*', 'typeorm', '@nats-io/*'];
const pure = ['type:pure'];
const constraint = (sourceTag, onlyDependOnLibsWithTags, bannedExternalImports) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
  ...(bannedExternalImports ? { bannedExternalImports } : {}),
});

export default tseslint.config(
  { ignores: ['**/dist/**', '**/out-tsc/**', '**/web-dist/**', '**/coverage/**', '**/*.mjs', '.bayway/**', '.nx/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    plugins: { '@nx': nx, bayway },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          enforceBuildableLibDependency: false,
          depConstraints: [
            constraint('pkg:domain', [], frameworks),
            constraint('pkg:trust-rules', ['pkg:domain'], frameworks),
            constraint('pkg:envelope', ['pkg:domain'], frameworks),
            constraint('pkg:transparency', [], frameworks),
            constraint('pkg:bundle', ['pkg:transparency'], frameworks),
            constraint('type:contracts', ['pkg:domain'], frameworks),
            constraint('type:design', ['pkg:domain'], frameworks),
            constraint('type:service-kit', ['pkg:domain', 'pkg:envelope', 'type:contracts']),
            constraint('type:infra', ['pkg:domain', 'pkg:envelope', 'type:contracts']),
            constraint('type:app', [...pure, 'type:contracts', 'type:service-kit', 'type:design']),
            constraint('type:sandbox', [...pure, 'type:contracts', 'type:design']),
            constraint('type:testing', [...pure, 'type:contracts', 'type:service-kit', 'type:infra']),
            constraint('type:test', [...pure, 'type:contracts', 'type:testing', 'type:infra']),
          ],
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      complexity: ['error', 10],
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 3],
      'no-console': 'error',
      'bayway/no-national-id-literal': 'error',
      'bayway/explained-suppression': 'error',
    },
  },
  {
    files: ['apps/*/src/**/*.ts', 'apps/*/src/**/*.tsx', 'libs/service/src/**/*.ts'],
    ignores: ['**/*.spec.ts', 'apps/sandbox/**', 'apps/journeys/**', 'apps/cli/**'],
    rules: {
      'bayway/no-vanilla-errors': 'error',
      'bayway/no-subject-string': 'error',
      'bayway/environment-in-config': 'error',
    },
  },
  {
    files: ['**/*.spec.ts', '**/*.spec.tsx', '**/test/**/*.ts'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': 'off',
      'max-params': 'off',
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      // Specs import through `testing`, which may see everything; the boundary of the code under test is checked above.
      '@nx/enforce-module-boundaries': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
  {
    files: ['**/migrations/*.ts', '**/generated/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
  {
    files: ['apps/*/src/main.ts'],
    rules: { 'bayway/environment-in-config': 'off' },
  },
);
