import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { commitmentTo, digestOf, readDirectory } from '@bayway/envelope';
import { SettingError } from '@bayway/service';
import { endWorld, getJson, newWorld, proofOf, rows, start, stop, until, type Side, type World } from './fixture.js';

let world: World;
let cn: Side;
beforeAll(async () => {
  world = await newWorld();
  cn = world.sides.cn;
  await start(cn);
});
afterAll(() => endWorld(world));

const published = async () => ((await getJson(`${cn.url}/key-directory`)) as { entries: string[] }).entries;
const entered = () =>
  rows(cn.db.appUrl, `select record, salt, commitment from evidence_record where type = 'key.entered' order by id`);

const ownerOf = (line: string) =>
  (JSON.parse(Buffer.from(line.split('.')[1] ?? '', 'base64url').toString()) as { owner: string }).owner;

describe('GET /key-directory', () => {
  it('publishes the lines of the file, which verify against the root', async () => {
    const lines = await published();
    expect(lines).toEqual(world.trust.lines.get('cn'));
    const root = world.trust.roots.get('cn')?.publicKey;
    expect(root && (await readDirectory('cn', root, lines))).toHaveLength(lines.length);
  });

  it('answers 304 to whoever has these lines already, and the lines to whoever has others', async () => {
    const first = await fetch(`${cn.url}/key-directory`);
    const etag = first.headers.get('etag') ?? '';
    const again = (text: string) => fetch(`${cn.url}/key-directory`, { headers: { 'if-none-match': text } });
    expect((await again(etag)).status).toBe(304);
    expect(await (await again('"other"')).json()).toEqual(await first.json());
  });

  it('has every line in the log, under a commitment', async () => {
    const lines = await published();
    const records = await entered();
    expect(records.map(({ record }) => (record as { line: string }).line).sort()).toEqual(lines.map(digestOf).sort());
    for (const { record, salt, commitment } of records) {
      expect(commitmentTo(salt as string, record as { type: string })).toBe(commitment);
      await proofOf(cn, commitment as string, false);
    }
  });

  it('gives the lines of one owner with what opens their commitments, and of none that is no owner', async () => {
    const { lines } = (await getJson(`${cn.url}/key-directory/lines?owner=cn/evidence`)) as {
      lines: { line: string; at: string; salt: string }[];
    };
    expect(lines.map(({ line }) => line)).toEqual(
      (await published()).filter((line) => ownerOf(line) === 'cn/evidence'),
    );
    const records = await entered();
    for (const { line, at, salt } of lines)
      expect(records).toContainEqual(
        expect.objectContaining({ salt, record: expect.objectContaining({ line: digestOf(line), at }) }),
      );
    expect(await getJson(`${cn.url}/key-directory/lines?owner=cn/nobody`)).toEqual({ lines: [] });
    for (const query of ['', '?owner=', '?owner=x', '?owner=cn/broker&more=1'])
      expect((await fetch(`${cn.url}/key-directory/lines${query}`)).status).toBe(400);
  });

  it('takes up a new line while it runs, also in its log', async () => {
    const before = (await published()).length;
    await world.trust.enter('cn/participant/newcomer', ['sig']);
    await appendFile(cn.directoryFile, `${world.trust.lines.get('cn')?.at(-1)}\n`);
    await until(async () => ((await published()).length === before + 1 ? true : undefined));
    const added = (await entered()).find(
      ({ record }) => (record as { owner: string }).owner === 'cn/participant/newcomer',
    );
    await proofOf(cn, added?.['commitment'] as string, false);
  });

  it('does not take up a line that its root did not sign, nor a file that was altered', async () => {
    const good = await readFile(cn.directoryFile, 'utf8');
    const before = await published();
    const foreign = world.trust.lines.get('hk')?.[0] ?? '';
    await writeFile(cn.directoryFile, `${good}${foreign}\n`);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(await published()).toEqual(before);
    await writeFile(cn.directoryFile, good.split('\n').slice(1).join('\n'));
    await until(async () => {
      const { alarms } = (await getJson(`${cn.url}/alarms`)) as { alarms: { kind: string }[] };
      return alarms.some(({ kind }) => kind === 'directory-altered') ? true : undefined;
    });
    expect(await published()).toEqual(before);
    await writeFile(cn.directoryFile, good);
  });
});

describe('DIRECTORY_FILE', () => {
  it('stops the start when it is not there or empty, and is named', async () => {
    await stop(cn);
    const good = await readFile(cn.directoryFile, 'utf8');
    await writeFile(cn.directoryFile, '\n');
    await expect(start(cn)).rejects.toThrow(SettingError);
    await expect(start(cn)).rejects.toThrow('DIRECTORY_FILE');
    await writeFile(cn.directoryFile, good);
    const lost = { ...cn, environment: { ...cn.environment, DIRECTORY_FILE: '/nowhere' } };
    await expect(start(lost)).rejects.toThrow('DIRECTORY_FILE');
    await start(cn);
    expect((await published()).length).toBeGreaterThan(0);
  });
});
