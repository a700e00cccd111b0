import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { topology } from './local/topology.js';
import { WORKSPACE } from './paths.js';
import { tryThis } from './try-this.js';

describe('what `npm start` says to try', () => {
  it('is the README’s “Try this”, word for word', async () => {
    const readme = await readFile(join(WORKSPACE, 'README.md'), 'utf8');
    const part = readme.split('\n## ').find((each) => each.startsWith('Try this\n'));
    const words = (part ?? '')
      .slice('Try this\n'.length)
      .replace(/[`<>_]/g, '')
      .trim();
    const { steps, others } = tryThis({ landing: `http://localhost:${topology().landing}` });
    expect(words.split('\n\n')).toEqual([
      steps.map((step, index) => `${index + 1}. ${step}`).join('\n'),
      others.join('\n'),
    ]);
    expect(steps).toHaveLength(5);
  });
});
