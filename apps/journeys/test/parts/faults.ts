import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { doubled, undelivered } from '../../src/records.js';
import type { Link } from '../../src/link.js';
import type { System } from '../../src/system.js';
import { Visitor, type Opened } from '../../src/visitor.js';
import { AGREE, answer, askBank, KA_HOU, outcomeOf, settled, toAsk } from '../../src/walk.js';

type Moment = 'signing in' | 'crossing' | 'at the ask' | 'coming back' | 'at the bank' | 'fetching' | 'delivering';

/** When, in steps 3 to 10 of the exchange, which program is killed and started again. */
const TABLE: readonly (readonly [step: number, moment: Moment, program: string])[] = [
  [3, 'signing in', 'hk/identity'],
  [3, 'signing in', 'hk/broker'],
  [4, 'crossing', 'hk/identity'],
  [4, 'crossing', 'cn/identity'],
  [5, 'at the ask', 'cn/identity'],
  [5, 'at the ask', 'cn/consent'],
  [5, 'at the ask', 'cn/broker'],
  [6, 'coming back', 'hk/identity'],
  [6, 'coming back', 'cn/consent'],
  [7, 'at the bank', 'hk/broker'],
  [7, 'at the bank', 'hk/evidence'],
  [8, 'fetching', 'cn/broker'],
  [8, 'fetching', 'cn/connectors'],
  [8, 'fetching', 'cn/consent'],
  [9, 'fetching', 'cn/evidence'],
  [10, 'delivering', 'hk/broker'],
  [10, 'delivering', 'cn/connectors'],
];

/** States in which a journey that met a fault may end: it has the report, or it is told clearly what is the matter. */
const CLEAR =
  /^(report|temporarily_unavailable|service-unavailable|border-unreachable|server_error|unreachable|access_denied|5\d\d .*(Reference|reference|try again|Try again).*)$/;

/** Where in the walk each moment is, told by the address that is asked for next. */
const MOMENTS: Readonly<Record<Moment, (url: URL, system: System) => boolean>> = {
  'signing in': (url, system) => isAt('hk', url, system) && url.pathname === '/cb',
  crossing: (url, system) => isAt('cn', url, system) && url.pathname === '/auth',
  'at the ask': (url, system) => isAt('cn', url, system) && url.pathname.endsWith('/answers'),
  'coming back': (url, system) =>
    isAt('hk', url, system) && url.pathname === '/cb' && url.searchParams.get('iss') === issuer('cn', system),
  'at the bank': (url, system) => isBank(url, system) && url.pathname === '/cb',
  fetching: (url, system) => isBank(url, system) && url.pathname.startsWith('/applications/'),
  delivering: (url, system) => isBank(url, system) && url.pathname.startsWith('/applications/'),
};

const issuer = (jurisdiction: 'hk' | 'cn', { bay }: System): string =>
  bay.topology.urlOf({ jurisdiction, service: 'identity' });
const isAt = (jurisdiction: 'hk' | 'cn', url: URL, system: System): boolean =>
  url.origin === issuer(jurisdiction, system);
const isBank = (url: URL, system: System): boolean => url.origin === system.bank;

async function walkWithFault(
  system: System,
  moment: Moment,
  fault: () => Promise<void>,
  patienceSeconds = 60,
): Promise<Opened> {
  let due = true;
  const visitor = new Visitor(async (url) => {
    if (!due || !MOMENTS[moment](new URL(url), system)) return;
    due = false;
    if (moment === 'delivering') await sleep(150);
    await fault();
  });
  const ask = await toAsk(visitor, await askBank(visitor, system.bank), KA_HOU);
  const page = ask.acts.length === 0 ? ask : await settled(visitor, await answer(visitor, ask, AGREE), patienceSeconds);
  expect(due).toBe(false);
  return page;
}

async function quiet(system: System): Promise<void> {
  for (let waited = 0; (await undelivered(system)).length > 0; waited += 500) {
    if (waited > 40_000) throw new Error(`not delivered: ${JSON.stringify(await undelivered(system))}`);
    await sleep(500);
  }
}

async function completes(system: System): Promise<string> {
  const visitor = new Visitor();
  const ask = await toAsk(visitor, await askBank(visitor, system.bank), KA_HOU);
  return outcomeOf(ask.acts.length === 0 ? ask : await settled(visitor, await answer(visitor, ask, AGREE)));
}

/** Kill and restart at each step; cut the border: nothing is lost, nothing doubled. */
export function faults(system: () => System): void {
  it.each(TABLE)(
    'step %i, %s: %s is killed and comes back; the journey completes or ends clearly, nothing is doubled',
    async (_step, moment, program) => {
      const page = await walkWithFault(system(), moment, () => system().bay.programs.restart(program, 'SIGKILL'));
      expect(outcomeOf(page)).toMatch(CLEAR);
      await quiet(system());
      expect(await doubled(system())).toEqual([]);
    },
    150_000,
  );

  it('works again after all of that', async () => {
    expect(await completes(system())).toBe('report');
  }, 60_000);

  it.each(['link', 'bus'] as const)(
    'the border cut (%s) for a minute while a record is fetched: it waits, and arrives or is refused clearly once it is back',
    async (what) => {
      const { cut, mend } = BORDER[what](system());
      let whole: Promise<void> = Promise.resolve();
      const fault = async (): Promise<void> => {
        await cut();
        whole = sleep(CUT_MS).then(mend);
      };
      const page = await walkWithFault(system(), 'fetching', fault, (2 * CUT_MS) / 1_000);
      expect(outcomeOf(page)).toMatch(CLEAR);
      await whole;
      await quiet(system());
      expect(await doubled(system())).toEqual([]);
      expect(await completes(system())).toBe('report');
    },
    300_000,
  );

  it.each(['link', 'bus'] as const)(
    'the border cut (%s) before: the bank hears at once that the other side does not answer',
    async (what) => {
      const { cut, mend } = BORDER[what](system());
      await cut();
      const visitor = new Visitor();
      const page = await askBank(visitor, system().bank).finally(mend);
      expect(outcomeOf(page)).toBe('temporarily_unavailable');
      for (let waited = 0; waited < 30_000 && (await completes(system())) !== 'report'; waited += 1_000)
        await sleep(1_000);
      expect(await completes(system())).toBe('report');
    },
    180_000,
  );
}

/** Two ways to cut a border: the leaf link alone, while both sides' buses run on, and the whole bus of one side. */
const BORDER: Readonly<Record<'link' | 'bus', (system: System) => Pick<Link, 'cut' | 'mend'>>> = {
  link: ({ link }) => link,
  bus: ({ bay: { buses } }) => ({ cut: () => buses.stop('cn'), mend: () => buses.restart('cn') }),
};

/** How long the border is cut while a record is fetched. */
const CUT_MS = 60_000;
