import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SettingError } from '@bayway/service';
import { hongKong, mainland, participantsFile } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';
import { readParticipants } from './participants-file.js';

const read = async (content: unknown): Promise<string> =>
  readParticipants(await participantsFile(content), 'hk').then(
    () => 'accepted',
    (error: unknown) => (error instanceof SettingError ? error.message : String(error)),
  );

describe('PARTICIPANTS_FILE', () => {
  const [first] = hongKong().parties;
  const [dataset] = hongKong().datasets;

  it('accepts what is right', async () => {
    expect(await read(hongKong())).toBe('accepted');
  });

  it.each([
    ['no JSON', '{', 'cannot be read as JSON'],
    ['an unknown member', { ...hongKong(), more: 1 }, 'Unrecognized key'],
    ['an unknown kind', { ...hongKong(), parties: [{ ...first, kind: 'circus' }] }, '#/parties/0/kind'],
    ['a party of another jurisdiction', mainland(), 'is not of this jurisdiction'],
    ['a holder that is no party', { ...hongKong(), parties: [first] }, 'is not among the parties'],
    ['a party twice', { ...hongKong(), parties: [...hongKong().parties, first] }, 'a party stands twice'],
    [
      'an item twice',
      { ...hongKong(), datasets: [{ ...dataset, items: [...(dataset?.items ?? []), ...(dataset?.items ?? [])] }] },
      'names an item twice',
    ],
    [
      'answers that are not offered',
      {
        ...hongKong(),
        datasets: [
          { ...dataset, answers: [{ ...dataset?.items[0], of: ['degree'], category: undefined, id: 'passed' }] },
        ],
      },
      'offers answers without any, or hides them',
    ],
    [
      'an answer that is drawn from nothing known',
      {
        ...hongKong(),
        datasets: [{ ...dataset, modes: ['answer'], answers: [{ id: 'passed', name: first?.name, of: ['marks'] }] }],
      },
      'is not drawn from items of one category',
    ],
    ['an unknown mode', { ...hongKong(), datasets: [{ ...dataset, modes: ['courier'] }] }, '#/datasets/0/modes'],
  ])('refuses %s and names the place', async (_name, content, message) => {
    const said = await read(content);
    expect(said).toContain('PARTICIPANTS_FILE');
    expect(said).toContain(message);
  });
});

describe('the participants of a broker', () => {
  let world: World;
  let hk: Side;
  beforeAll(async () => {
    world = await World.create();
    hk = await world.broker('hk', hongKong());
  });
  afterAll(() => world.end());

  const statuses = async () =>
    Object.fromEntries(
      (await hk.db.query<{ id: string; status: string }[]>('select id, status from party')).map((p) => [
        p.id,
        p.status,
      ]),
    );

  it('follow the file at each start; who left it stays, suspended', async () => {
    expect(await statuses()).toEqual({
      'tsing-wan-bank': 'active',
      'closed-bank': 'suspended',
      'kowloon-school': 'active',
    });
    await hk.restart();
    expect(await statuses()).toEqual({
      'tsing-wan-bank': 'active',
      'closed-bank': 'suspended',
      'kowloon-school': 'active',
    });
    const smaller = { ...hongKong(), datasets: [] };
    smaller.parties = smaller.parties
      .filter(({ id }) => id === 'closed-bank')
      .map((p) => ({ ...p, status: 'active' as const }));
    await hk.restart(smaller);
    expect(await statuses()).toEqual({
      'tsing-wan-bank': 'suspended',
      'closed-bank': 'active',
      'kowloon-school': 'suspended',
    });
    expect(await hk.db.query('select 1 from dataset')).toEqual([]);
  });
});
