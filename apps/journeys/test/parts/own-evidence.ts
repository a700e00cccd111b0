import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { WORKSPACE } from '@bayway/infra';
import { findPython } from '@bayway/testing';
import type { Browser } from 'playwright-core';
import { rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { type Opened, Visitor } from '../../src/visitor.js';
import {
  AGREE,
  answer,
  askFor,
  KA_HOU,
  MEI_YEE,
  obtain,
  openPortal,
  outcomeOf,
  type Person,
  settled,
  toAsk,
  WING_YAN,
} from '../../src/walk.js';
import { bring, fetchOwn, portalOf } from './carried.js';

const run = promisify(execFile);
type Verdict = Readonly<{ valid: boolean; check: string; at: string }>;

/** A verdict out of what a verifier wrote: valid, or the number and name of the check and the place. */
function verdictIn(text: string): Verdict {
  const [, check = '', at = ''] = /check (\d+ \([a-z-]+\)) at (?:`([^`]*)`|(\S+):)/.exec(text) ?? [];
  const place = at || (/ at (\/[^:\s`]+)/.exec(text)?.[1] ?? '');
  return { valid: check === '' && /valid/.test(text), check, at: place };
}

const output = (done: Promise<{ stdout: string; stderr: string }>): Promise<string> =>
  done.then(
    ({ stdout, stderr }) => stdout + stderr,
    (error: { stdout: string; stderr: string }) => error.stdout + error.stderr,
  );

/** The pinned roots as an outsider has them. */
async function rootsOf({ home }: System): Promise<string> {
  const sides = ['cn', 'hk', 'mo'];
  const read = (side: string) => readFile(join(home, 'keys', side, 'root.pub.json'), 'utf8');
  const roots = await Promise.all(sides.map(async (side) => [side, JSON.parse(await read(side)) as unknown]));
  const file = join(home, 'own-evidence-roots.json');
  await writeFile(file, JSON.stringify(Object.fromEntries(roots)));
  return file;
}

/** What the command line, the page in the browser and the Python program say of one file. */
async function verdictsOf(text: string, system: System, browser: Browser): Promise<Verdict[]> {
  const file = join(system.home, 'own-evidence.json');
  await writeFile(file, text);
  const roots = await rootsOf(system);
  const command = ['tools/bayway.mjs', 'verify', file, '--roots', roots];
  const page = await browser.newPage();
  await page.goto(`${system.bay.topology.urlOf({ jurisdiction: 'mo', service: 'evidence' })}/verify?ui_locales=en`);
  await page.setInputFiles('#file', file);
  await page.waitForSelector('#result section');
  const shown = await page.innerText('#result');
  await page.close();
  const [, check = ''] = /^\s*(\d+ \([a-z-]+\))\s*$/m.exec(shown) ?? [];
  const [, at = ''] = /^\s*(\/\S+)\s*$/m.exec(shown) ?? [];
  const inBrowser = { valid: shown.includes('Everything in this file holds'), check, at };
  return [
    verdictIn(await output(run(process.execPath, command, { cwd: WORKSPACE }))),
    inBrowser,
    verdictIn(await output(run(await findPython(), ['tools/verify.py', '--roots', roots, file], { cwd: WORKSPACE }))),
  ];
}

/** Another character in the middle of a signed object, or of a salt. */
function altered(text: string, member: string): string {
  const at = text.indexOf(`"${member}":"`) + member.length + 24;
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
}

type Walk = (visitor: Visitor, system: System, who: Person) => Promise<Opened>;
const received: Walk = (visitor, { bank }, who) => obtain(visitor, bank, who);
const answered: Walk = async (visitor, { banks }, who) => {
  const ask = await toAsk(visitor, await askFor(visitor, banks.hk, 'card-answers'), who);
  return settled(visitor, await answer(visitor, ask, AGREE));
};
const compared: Walk = async (visitor, { banks }, who) => {
  const carry = await askFor(visitor, banks.hk, 'card-carried');
  const own = await fetchOwn(visitor, portalOf(carry), { login: who.login, city: 'shenzhen' });
  return bring(visitor, carry, own, who);
};

const LATEST = `select consent_id::text as consent, id::text as request, state from incoming_request
                 order by arrived_at desc limit 1`;

/** A resident takes the evidence of an exchange about her home and has it checked by three programs. */
export function ownEvidence(system: () => System, browser: () => Browser): void {
  it.each([
    ['of a record that the bank received', KA_HOU, received, 'report', /permit|release/, 'permit'],
    ['of answers drawn from a record', KA_HOU, answered, 'report', /permit|release/, 'release'],
    ['of a record that she carried and had compared', MEI_YEE, compared, 'report', /permit|release/, 'permit'],
    ['of a request that was refused', WING_YAN, received, 'record-not-found', /record-not-found/, 'request'],
  ] as const)(
    '%s: she downloads it, and all three verifiers say the same of it, and of a changed one',
    async (_name, who, walk, outcome, holds, member) => {
      const visitor = new Visitor();
      expect(outcomeOf(await walk(visitor, system(), who))).toBe(outcome);
      const [last] = await rowsOf<{ consent: string; request: string }>(system(), 'cn_broker', LATEST);
      const portal = system().console.cn;
      await openPortal(visitor, portal, who);
      const link = await linkOn(visitor, `${portal}/consents/${last?.consent}`, last?.request ?? '');
      const { status, html: text } = await visitor.open(link);
      expect([status, text.slice(0, 1)]).toEqual([200, '{']);
      expect(text.length).toBeLessThan(200_000);
      expect(Buffer.from(text).toString('latin1')).toMatch(holds);
      const valid = { valid: true, check: '', at: '' };
      expect(await verdictsOf(text, system(), browser())).toEqual([valid, valid, valid]);
      const [first, ...others] = await verdictsOf(altered(text, member), system(), browser());
      expect(first).toMatchObject({ valid: false, at: `/objects/${member}` });
      expect(others).toEqual([first, first]);

      // Nobody else has it.
      const other = new Visitor();
      const denied = await other.open(link);
      expect(denied.html).not.toContain(last?.request);
    },
    180_000,
  );
}

/** The link to the evidence of a request, once her page has it: the receipt is on its way for a moment. */
async function linkOn(visitor: Visitor, url: string, request: string): Promise<string> {
  for (let waited = 0; ; waited += 500) {
    const page = await visitor.open(`${url}?ui_locales=en`);
    const found = page.links.find((href) => href.includes(`/exchanges/${request}/evidence.json`));
    if (found !== undefined) return found;
    if (waited > 20_000) throw new Error(`no evidence of ${request} on ${page.url}: ${page.text.slice(0, 1_500)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
