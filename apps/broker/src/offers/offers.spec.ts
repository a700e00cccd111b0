import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { OffersPage } from '@bayway/contracts';
import { hongKong, mainland, type FileInput } from '../../test/participants.js';
import { World, type Side } from '../../test/world.js';

let world: World;
let hk: Side;
let cn: Side;
const offering = (): FileInput => {
  const file = mainland();
  return {
    ...file,
    datasets: file.datasets.map((dataset) => ({ ...dataset, satisfies: ['creditworthiness' as const] })),
  };
};
beforeAll(async () => {
  world = await World.create();
  hk = await world.broker('hk', hongKong());
  cn = await world.broker('cn', offering());
}, 120_000);
afterAll(() => world.end());

const get = async (side: Side, query: string): Promise<{ status: number; body: OffersPage }> => {
  const answer = await fetch(`${side.running.url}/offers?${query}`);
  return { status: answer.status, body: (await answer.json()) as OffersPage };
};
const namesOf = ({ items }: OffersPage) => items.map(({ holder, dataset }) => `${holder.id}/${dataset.id}`);

describe('GET /offers', () => {
  it('finds across the border who holds what satisfies a requirement, with sensitivity by jurisdiction', async () => {
    const { status, body } = await get(hk, 'exporter=cn&requirement=creditworthiness');
    expect(status).toBe(200);
    expect(namesOf(body)).toContain('pengwan-credit/credit-report');
    const offer = body.items.find(({ holder }) => holder.id === 'pengwan-credit');
    expect(offer).toMatchObject({ exporter: 'cn', modes: ['transfer', 'answer'], satisfies: ['creditworthiness'] });
    expect(offer?.items[0]?.sensitive).toEqual({ hk: false, mo: false, cn: true });
    expect(body.items.every(({ satisfies }) => satisfies.includes('creditworthiness'))).toBe(true);
  });

  it('finds nothing for a requirement that nobody satisfies', async () => {
    expect((await get(hk, 'exporter=cn&requirement=health-summary')).body).toEqual({ items: [], next: null });
  });

  it('answers for its own jurisdiction, from where a page ended', async () => {
    expect(namesOf((await get(hk, 'exporter=hk')).body)).toEqual(['kowloon-school/degree-certificate']);
    const after = encodeURIComponent('kowloon-school/degree-certificate');
    expect((await get(hk, `exporter=hk&after=${after}`)).body.items).toEqual([]);
  });

  it.each(['', 'exporter=sg', 'exporter=cn&requirement=anything', `exporter=cn&after=${'x'.repeat(90)}`])(
    'refuses %s',
    async (query) => expect((await get(hk, query)).status).toBe(400),
  );

  it('no longer names the holder that was suspended', async () => {
    const file = offering();
    const parties = file.parties.map((party) =>
      party.id === 'pengwan-credit' ? { ...party, status: 'suspended' as const } : party,
    );
    await cn.restart({ ...file, parties });
    expect(namesOf((await get(cn, 'exporter=cn')).body)).not.toContain('pengwan-credit/credit-report');
  });
});
