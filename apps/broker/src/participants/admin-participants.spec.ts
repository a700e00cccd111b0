import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ParticipantsView, ParticipantView } from '@bayway/contracts';
import { LANGUAGES } from '@bayway/domain';
import { codeOfProblem, DENIED, Officer } from '../../test/officer.js';
import { mainland } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';

let world: World;
let cn: Side;
let officer: Officer;
beforeAll(async () => {
  world = await World.create();
  cn = await world.broker('cn', mainland());
  officer = new Officer(world, cn, 'cn');
});
afterAll(() => world.end());

const all = (sent = {}, language = 'en') => officer.get<ParticipantsView>(`/participants?language=${language}`, sent);
const one = (id: string, sent = {}, language = 'en') =>
  officer.get<Omit<ParticipantView, 'status'>>(`/participants/${id}?language=${language}`, sent);

describe('GET /participants', () => {
  it('answers every party of this jurisdiction with its keys in force and what it offers', async () => {
    const { status, body } = await all();
    const parties = await cn.db.query<{ id: string }[]>('select id from party order by id');
    expect([status, body.items.map(({ id }) => id)]).toEqual([200, parties.map(({ id }) => id)]);
    const agency = body.items.find(({ id }) => id === 'pengwan-credit');
    expect(agency).toMatchObject({ place: 'CN-440300', status: 'active', keys: 1 });
    expect(agency?.datasets).toBeGreaterThan(0);
  });

  it.each(LANGUAGES)('names them in %s', async (language) => {
    const han = language.startsWith('zh');
    for (const { kind } of (await all({}, language)).body.items)
      expect([kind, /[\u4e00-\u9fff]/.test(kind)]).toEqual([kind, han]);
  });

  it('says who left the file', async () => {
    const here = mainland();
    const parties = here.parties.filter(({ id }) => id !== 'hangzhou-credit');
    const datasets = here.datasets.filter(({ holder }) => holder !== 'hangzhou-credit');
    const rest = { instruments: [], impactAssessments: [], authorisations: [] };
    await cn.restart({ ...here, ...rest, parties, datasets });
    const gone = (await all()).body.items.find(({ id }) => id === 'hangzhou-credit');
    expect(gone).toMatchObject({ status: 'suspended', datasets: 0 });
    await cn.restart(mainland());
  }, 60_000);
});

describe('GET /participants/:id', () => {
  it('answers its keys as the directory has them, and each dataset with items and modes', async () => {
    const { status, body } = await one('pengwan-credit');
    expect(status).toBe(200);
    expect(body.keyring).toEqual([
      expect.objectContaining({ owner: 'cn/participant/pengwan-credit', use: 'sig', state: 'current' }),
    ]);
    const report = body.offers.find(({ id }) => id === 'credit-report');
    expect(report?.modes).toContain('transfer');
    expect(report?.items.length).toBeGreaterThan(0);
    expect(report?.items.every(({ sensitive }) => sensitive)).toBe(true);
  });

  it('answers 404 for a party of another jurisdiction', async () => {
    const answer = await one('tsing-wan-bank');
    expect([answer.status, codeOfProblem(answer)]).toEqual([404, 'participant-not-found']);
  });

  it.each(['/participants', '/participants?language=la', '/participants/A?language=en'])('refuses %s', async (path) => {
    const answer = await officer.get(path);
    expect([answer.status, codeOfProblem(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('participants', () => {
  it.each(DENIED.filter(([who]) => who !== 'an administrator of consents'))(
    'deny: %s',
    async (_who, sent, status, code) => {
      for (const answer of [await all(sent), await one('pengwan-credit', sent)])
        expect([answer.status, codeOfProblem(answer)]).toEqual([status, code]);
    },
  );

  it.each(['consent-administrator', 'regulator', 'operator'] as const)('are read by a %s', async (role) => {
    expect((await all({ roles: [role] })).status).toBe(200);
  });
});
