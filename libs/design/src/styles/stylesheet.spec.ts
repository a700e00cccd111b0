import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { assets, stylesheetHash, stylesheetPath } from '../assets.js';
import { brandIcon } from '../brand-icon.js';
import { stylesheet } from './index.js';

const source = fileURLToPath(new URL('..', import.meta.url));
const components = ['page.tsx', ...readdirSync(`${source}/components`).map((name) => `components/${name}`)]
  .filter((name) => name.endsWith('.tsx') && !name.endsWith('.spec.tsx'))
  .map((name) => readFileSync(`${source}/${name}`, 'utf8'));

/** Class names written out whole in the components; those put together of parts are seen by their parts' rules. */
const used = new Set(
  components
    .flatMap((text) => [...text.matchAll(/className="([^"]+)"/g)].map(([, names = '']) => names))
    .flatMap((names) => names.split(' ')),
);

describe('the style sheet', () => {
  it('is named by its own bytes', () => {
    const digest = createHash('sha256').update(stylesheet).digest('hex');
    expect(stylesheetHash).toBe(digest.slice(0, 16));
    expect(stylesheetPath).toBe(`/assets/bayway.${stylesheetHash}.css`);
    expect(assets.map(({ path, body }) => [path, body])).toContainEqual([stylesheetPath, stylesheet]);
  });

  it('loads nothing from anywhere', () => {
    expect(stylesheet).not.toMatch(/@import|url\(|@font-face|https?:/);
    expect(brandIcon).not.toMatch(/<script|href=|url\(/);
  });

  it('has a rule for each class of the components', () => {
    expect(used.size).toBeGreaterThan(40);
    expect([...used].filter((name) => !stylesheet.includes(`.${name}`))).toEqual([]);
  });

  it('closes what it opens', () => {
    expect(stylesheet.split('{')).toHaveLength(stylesheet.split('}').length);
  });

  it('defines every custom property it reads', () => {
    const read = new Set([...stylesheet.matchAll(/var\((--bw-[\w-]+)/g)].map(([, name = '']) => name));
    expect([...read].filter((name) => !stylesheet.includes(`${name}:`))).toEqual([]);
  });

  it('serves dark, print, more contrast, less motion and forced colours', () => {
    for (const query of [
      '(prefers-color-scheme: dark)',
      '@media print',
      '(prefers-contrast: more)',
      '(prefers-reduced-motion: reduce)',
      '(forced-colors: active)',
    ]) {
      expect(stylesheet).toContain(query);
    }
  });
});
