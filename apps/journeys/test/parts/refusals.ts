import { expect, it } from '@jest/globals';
import { Visitor } from '../../src/visitor.js';
import {
  AGREE,
  answer,
  askBank,
  CHI_MING,
  fetchAgain,
  KA_HOU,
  LOK_MAN,
  MEI_YEE,
  obtain,
  openPortal,
  outcomeOf,
  settled,
  signIn,
  toAsk,
  WING_YAN,
} from '../../src/walk.js';
import { rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';

const consents = async (system: System): Promise<number> =>
  (
    await rowsOf<{ n: number }>(
      system,
      'cn_consent',
      "select count(*)::int as n from consent where state in ('pending', 'given')",
    )
  )[0]?.n ?? -1;

/** All links of the Mainland's identity service. */
const links = (system: System): Promise<{ id: string }[]> =>
  rowsOf(system, 'cn_identity', 'select id::text, peer_sub, resident_id::text, level from link order by id');

/** Every way in which there is no record. */
export function refusals(system: () => System): void {
  it('one act refused: the bank learns that she did not agree, and no consent stands', async () => {
    const before = await consents(system());
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askBank(visitor, system().bank), KA_HOU);
    const [first = ''] = ask.acts;
    const page = await settled(visitor, await answer(visitor, ask, { all: 'agree', but: { [first]: 'refuse' } }));
    expect(outcomeOf(page)).toBe('access_denied');
    expect(await consents(system())).toBe(before);
  });

  it('an answer missing: the page comes back and keeps the others', async () => {
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askBank(visitor, system().bank), KA_HOU);
    const [first = '', ...rest] = ask.acts;
    const values = Object.fromEntries(rest.map((act) => [act, 'agree']));
    const page = await visitor.submit(ask.form(/name="act\./), { ...values, do: 'answers' });
    expect(page.status).toBe(422);
    expect(page.acts).toContain(first);
    expect(outcomeOf(await settled(visitor, await answer(visitor, page, AGREE)))).toBe('report');
  });

  it('a city level below what the record needs: unmet_authentication_requirements', async () => {
    const visitor = new Visitor();
    const page = await toAsk(visitor, await askBank(visitor, system().bank), LOK_MAN);
    expect(page.has('stopped-level')).toBe(true);
    const back = await visitor.submit(page.form(/value="cancel"/), { do: 'cancel' });
    expect(outcomeOf(back)).toBe('unmet_authentication_requirements');
  });

  it.each(['direct-marketing', 'group-risk-analytics'])(
    'what the law forbids (%s) is refused before she is asked, with rule and article',
    async (purpose) => {
      const visitor = new Visitor();
      const page = await askBank(visitor, system().bank, { purpose });
      expect(outcomeOf(page)).toBe('invalid_authorization_details');
      expect(page.html).toMatch(/id="rule"><code>[A-Z.0-9]+/);
      expect(visitor.hops).toBeLessThanOrEqual(3);
    },
  );

  it('nobody on file: the bank is told only that there is no record', async () => {
    const page = await obtain(new Visitor(), system().bank, WING_YAN);
    expect(outcomeOf(page)).toBe('record-not-found');
  });

  it('somebody else’s identity on the other side cannot be bound, nor used', async () => {
    expect(outcomeOf(await obtain(new Visitor(), system().bank, MEI_YEE))).toBe('report');
    const before = [await links(system()), await consents(system())];
    const other = new Visitor();
    const picker = await askBank(other, system().bank);
    // He has no Mainland document, so that nothing that ran before has linked him.
    const away = await signIn(other, picker, { login: CHI_MING.login, city: CHI_MING.home });
    expect(away.acts).toEqual([]);
    const page = await signIn(other, away, { login: MEI_YEE.login, city: 'shenzhen' });
    expect([page.status, page.acts]).toEqual([403, []]);
    expect(page.text).toContain('belongs to somebody else');
    expect([await links(system()), await consents(system())]).toEqual(before);
    const back = await settled(other, await other.submit(page.form(/cancel-form/), { do: 'cancel' }));
    expect(outcomeOf(back)).toBe('access_denied');
    // She is who she was.
    expect(outcomeOf(await obtain(new Visitor(), system().bank, MEI_YEE))).toBe('report');
  });

  it('an older session of another person at the other side is not used', async () => {
    const visitor = new Visitor();
    await openPortal(visitor, system().console.cn, { login: MEI_YEE.login, home: 'shenzhen' });
    const page = await toAsk(visitor, await askBank(visitor, system().bank), KA_HOU);
    expect(page.acts.length).toBeGreaterThan(0);
    const outcome = await settled(visitor, await answer(visitor, page, AGREE));
    expect(outcomeOf(outcome)).toBe('report');
    const [last] = await rowsOf<{ display: string }>(
      system(),
      'cn_consent',
      'select subject_id::text as display from consent order by decided_at desc limit 1',
    );
    const owners = await rowsOf<{ id: string }>(system(), 'cn_identity', 'select resident_id::text as id from link');
    expect(owners.map(({ id }) => id)).toContain(last?.display);
    expect(outcome.text).not.toContain('陳美怡');
  });

  it('a consent serves as often as allowed, and no more', async () => {
    const visitor = new Visitor();
    const ask = await toAsk(visitor, await askBank(visitor, system().bank, { uses: 2 }), KA_HOU);
    const first = await settled(visitor, await answer(visitor, ask, AGREE));
    expect(outcomeOf(first)).toBe('report');
    const second = await fetchAgain(visitor, first);
    expect(outcomeOf(second)).toBe('report');
    expect(outcomeOf(await fetchAgain(visitor, second))).toMatch(/^consent-(used-up|not-given)$/);
  });
}
