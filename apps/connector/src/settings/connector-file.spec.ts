import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readConfig, SettingError } from '@bayway/service';
import { stringify } from 'yaml';
import { connectorFile } from '../../test/holder-system.js';
import { ConnectorConfig } from '../config.js';
import { readConnectorFile } from './connector-file.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bayway-connector-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (text: string): Promise<string> => {
  const path = join(folder, 'connector.yaml');
  await writeFile(path, text);
  return readConnectorFile(path).then(
    () => 'accepted',
    (error: unknown) => (error instanceof SettingError ? error.message : String(error)),
  );
};
const good = connectorFile('postgres://reader:a-secret@localhost/agency');
const withItem = (item: object) => ({
  ...good,
  datasets: {
    report: {
      presence: 'one',
      items: { one: { sql: 'select a from b where c = $1 and d = $2', columns: { a: 'text' }, ...item } },
    },
  },
});

describe('CONNECTOR_FILE', () => {
  it('accepts what is right', async () => {
    expect(await read(stringify(good))).toBe('accepted');
    expect(await read(stringify(withItem({})))).toBe('accepted');
  });

  it.each<[string, string, string]>([
    ['no YAML', 'holder: [', 'cannot be read as YAML'],
    ['references that could grow', 'a: &a [x]\nb: [*a, *a]', 'cannot be read as YAML'],
    ['an unknown member', stringify({ ...good, more: 1 }), 'Unrecognized key'],
    [
      'another kind of source',
      stringify({ ...good, source: { url: 'mysql://reader:a-secret@localhost/agency' } }),
      '#/source/url',
    ],
    [
      'a statement that changes something',
      stringify(withItem({ sql: 'delete from b where c = $1 and d = $2' })),
      'is not a query',
    ],
    ['two statements', stringify(withItem({ sql: 'select $1, $2; drop table b' })), 'is more than one statement'],
    ['a statement that looks nobody up', stringify(withItem({ sql: 'select a from b' })), 'does not look up'],
    ['an unknown type', stringify(withItem({ columns: { a: 'money' } })), '#/datasets/report/items/one/columns/a'],
    [
      'a period by no date',
      stringify(withItem({ keep: { column: 'a', years: 5 } })),
      'keeps by a column that is no date',
    ],
    [
      'rows of a day that is no date',
      stringify(withItem({ dated: { from: 'a' } })),
      'is dated by a column that is neither date nor month',
    ],
    [
      'a presence that is no item',
      stringify({ ...good, datasets: { report: { presence: 'two', items: {} } } }),
      'names no item of its own',
    ],
  ])('refuses %s, names the place and never a value', async (_name, text, message) => {
    const said = await read(text);
    expect(said).toContain(message);
    expect(said).toContain('CONNECTOR_FILE');
    expect(said).not.toContain('a-secret');
  });
});

describe('HOST', () => {
  it('is loopback: a connector has no other inbound port', () => {
    expect(() => readConfig(ConnectorConfig, { HOST: '0.0.0.0' })).toThrow(/HOST/);
  });
});
