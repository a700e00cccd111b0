import { setTimeout as sleep } from 'node:timers/promises';
import type { Opened, Visitor } from './visitor.js';

/** PIN of every sandbox account. */
export const PIN = '246810';

export type Person = Readonly<{ login: string; home: string; away?: string }>;
/** Lives in Hong Kong, works in Shenzhen, has a file there. */
export const MEI_YEE: Person = { login: 'chan.meiyee', home: 'hong-kong', away: 'shenzhen' };
/** Somebody else, with documents and a file of the same kind. */
export const KA_HOU: Person = { login: 'wong.kahou', home: 'hong-kong', away: 'shenzhen' };
/** Everything in order except the level. */
export const LOK_MAN: Person = { login: 'lee.lowlevel', home: 'hong-kong', away: 'shenzhen' };
/** Known to the cities, not to the agency. */
export const WING_YAN: Person = { login: 'ho.nofile', home: 'hong-kong', away: 'shenzhen' };

/** Lives in Macao, works in Zhuhai; studied in Guangzhou. */
export const KA_MAN: Person = { login: 'lei.kaman', home: 'macao', away: 'zhuhai' };
/** Lives in Macao, was born in Hong Kong, banks in both. */
export const SAI_KIT: Person = { login: 'ng.saikit', home: 'macao', away: 'hong-kong' };
/** Ten years in Hangzhou, now in Hong Kong. */
export const YU_NING: Person = { login: 'shen.yuning', home: 'hong-kong', away: 'hangzhou' };

/** Has no Mainland document, so nothing there can be linked to him. */
export const CHI_MING: Person = { login: 'yip.nopermit', home: 'hong-kong' };

/** Asks the bank for the report: the first page of the sign-in. */
export async function askBank(
  visitor: Visitor,
  bank: string,
  wish: { purpose?: string; uses?: number } = {},
): Promise<Opened> {
  const start = await visitor.open(bank);
  return visitor.submit(start.form(/applications/), {
    purpose: wish.purpose ?? 'credit-underwriting',
    uses: String(wish.uses ?? 3),
  });
}

/** Asks a bank for what a product of its needs: the first page of the sign-in. */
export async function askFor(visitor: Visitor, bank: string, product: string): Promise<Opened> {
  const start = await visitor.open(bank);
  return visitor.submit(start.form(new RegExp(`id="product-${product}"`)), { uses: '3' });
}

/** At a city picker: goes to a city and signs in there. */
export async function signIn(visitor: Visitor, picker: Opened, who: { login: string; city: string }): Promise<Opened> {
  const city = await visitor.open(picker.link(new RegExp(`/to/${who.city}(\\?|$)`)));
  // A city that knows her from a moment ago asks nothing.
  if (!city.has('account')) return city;
  return visitor.submit(city.form(/id="account"/), { account: who.login, pin: PIN, do: 'sign-in' });
}

/** Whatever pages come up to the ask: signs in at home, and away when the other side wants to know her. */
export async function toAsk(visitor: Visitor, page: Opened, who: Person): Promise<Opened> {
  let at = page;
  for (let step = 0; step < 6; step += 1) {
    if (at.acts.length > 0 || at.has('outcome') || at.status >= 400) return at;
    const city = [who.home, who.away].find(
      (slug) => slug !== undefined && at.links.some((href) => new RegExp(`/to/${slug}(\\?|$)`).test(href)),
    );
    if (city === undefined) return at;
    at = await signIn(visitor, at, { login: who.login, city });
  }
  return at;
}

/** Up to her own ask: who may answer for others too is asked for whom, and she herself stands first. */
export async function toOwnAsk(visitor: Visitor, page: Opened, who: Person): Promise<Opened> {
  const at = await toAsk(visitor, page, who);
  const herself = at.has('for-whom') ? /<a href="([^"]*)"><b>/.exec(at.html)?.[1] : undefined;
  return herself === undefined ? at : visitor.open(new URL(herself, at.url).href);
}

export const AGREE: Answers = { all: 'agree' };
/** How she answers: every act the same way, but for those named. */
export type Answers = Readonly<{ all: 'agree' | 'refuse'; but?: Readonly<Record<string, string>> }>;

/** Answers every act and sends the answers. */
export function answer(visitor: Visitor, ask: Opened, { all, but = {} }: Answers): Promise<Opened> {
  const acts = Object.fromEntries(ask.acts.map((act) => [act, all]));
  return visitor.submit(ask.form(/name="act\./), { ...acts, ...but, do: 'answers' });
}

/** The bank's page once it has stopped working. */
export async function settled(visitor: Visitor, page: Opened, seconds = 30): Promise<Opened> {
  let at = page;
  for (let waited = 0; at.has('working') && waited < seconds * 4; waited += 1) {
    await sleep(250);
    at = await visitor.open(at.url);
  }
  return at;
}

/** The code of the bank's outcome page, or `report` when it has one, or what the page says. */
export function outcomeOf(page: Opened): string {
  if (page.has('report')) return 'report';
  return /id="outcome" data-code="([^"]+)"/.exec(page.html)?.[1] ?? `${page.status} ${page.text.slice(0, 200)}`;
}

/** The whole main job up to the bank's page. */
export async function obtain(visitor: Visitor, bank: string, who: Person): Promise<Opened> {
  const ask = await toAsk(visitor, await askBank(visitor, bank), who);
  if (ask.acts.length === 0) return ask;
  return settled(visitor, await answer(visitor, ask, AGREE));
}

/** Fetches once more under the same consent. */
export const fetchAgain = async (visitor: Visitor, page: Opened): Promise<Opened> =>
  settled(visitor, await visitor.submit(page.form(/id="again"/)));

/** Signs in at a console; through Hong Kong where the console is elsewhere. */
export async function openPortal(visitor: Visitor, url: string, who: Person): Promise<Opened> {
  const picker = await visitor.open(`${url}/sign-in?ui_locales=en`);
  return picker.has('sign-out')
    ? picker
    : signIn(visitor, picker, {
        login: who.login,
        city: picker.links.some((l) => l.includes(`/to/${who.home}`)) ? who.home : (who.away ?? who.home),
      });
}
