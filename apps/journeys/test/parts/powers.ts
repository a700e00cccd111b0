import { createHash } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { outsideRows } from '../../src/records.js';
import type { System } from '../../src/system.js';
import type { Opened, Visitor } from '../../src/visitor.js';
import { outcomeOf } from '../../src/walk.js';
import { signInAtCity } from './main-job.js';

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('base64url');
export const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

type Document = Readonly<{ kind: string; number: string }>;

/** The document under which a holder keeps somebody. */
export async function documentOf(system: System, database: string, sql: string): Promise<Document> {
  const [found] = await outsideRows<Document>(system, database, sql);
  if (!found) throw new Error(`no document in ${database}`);
  return found;
}

type At = Readonly<{ system: System; browser: Browser }>;
type Administrator = Readonly<{ side: 'hk' | 'mo' | 'cn'; city: string; login: string }>;

/** An administrator of a side calls the console's API. */
async function administer(at: At, by: Administrator, call: { path: string; body?: object }) {
  const page: Page = await (await at.browser.newContext({ locale: 'en-GB' })).newPage();
  const console = at.system.console[by.side];
  await page.goto(`${console}/console?ui_locales=en`);
  await signInAtCity(page, by.city, by.login);
  await page.waitForURL(({ pathname }) => pathname.startsWith('/console'));
  const { csrf } = (await (await page.request.get(`${console}/console/api/me`)).json()) as { csrf: string };
  const sent = { ...(call.body ? { data: call.body } : {}), headers: { 'x-csrf': csrf } };
  const answered = await page.request.post(`${console}/console/api/representations/${call.path}`, sent);
  const said = { status: answered.status(), text: await answered.text() };
  await page.context().close();
  return said;
}

/** An administrator enters a power, having seen its proof. @returns the id of the power */
export async function enterPower(at: At, by: Administrator, power: object): Promise<string> {
  const { status, text } = await administer(at, by, { path: 'enrolment', body: power });
  expect([status, text]).toEqual([201, expect.stringContaining('"proof"')]);
  return (JSON.parse(text) as { id: string }).id;
}

/** An administrator takes a power back. */
export async function endPower(at: At, by: Administrator, id: string): Promise<void> {
  expect(await administer(at, by, { path: `${id}/end` })).toMatchObject({ status: 200 });
}

/** Says for whom she answers. */
export function answerFor(visitor: Visitor, page: Opened, name: string): Promise<Opened> {
  if (!page.has('for-whom')) throw new Error(`nobody is chosen at ${page.url}: ${outcomeOf(page)}`);
  const href = new RegExp(`<a href="([^"]*)"><b>${name}</b>`).exec(page.html)?.[1];
  return visitor.open(new URL(href ?? '', page.url).href);
}
