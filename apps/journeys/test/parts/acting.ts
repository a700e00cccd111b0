import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';
import { JURISDICTIONS } from '@bayway/domain';
import { WORKSPACE } from '@bayway/infra';
import { decodeJwt } from 'jose';
import type { Browser } from 'playwright-core';
import { rowsOf } from '../../src/records.js';
import type { System } from '../../src/system.js';
import { Visitor, type Opened } from '../../src/visitor.js';
import {
  AGREE,
  answer,
  askBank,
  askFor,
  fetchAgain,
  MEI_YEE,
  openPortal,
  outcomeOf,
  settled,
  toAsk,
} from '../../src/walk.js';
import { answerFor, dayIn, digestOf, documentOf, enterPower } from './powers.js';

const run = promisify(execFile);
const BAYWAY = join(WORKSPACE, 'tools', 'bayway.mjs');

/** The roots as `--roots` takes them. */
const pinnedRoots = async (home: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    await Promise.all(
      JURISDICTIONS.map(async (one) => [
        one,
        JSON.parse(await readFile(join(home, 'keys', one, 'root.pub.json'), 'utf8')) as unknown,
      ]),
    ),
  ) as Record<string, unknown>;

/** The ask as it stands in the page: all that her form holds behind what was sealed. */
const fragmentIn = ({ html }: Opened): string =>
  /name="shown" value="[^"]*"\/?>([\s\S]*?)<\/form>/.exec(html)?.[1] ?? '';

type Receipt = Readonly<{
  consentId: string;
  subject: { kind: string };
  notice: { shown: string };
  acts: { kind: string; digest: string }[];
  events: { state: string; by: string }[];
}>;

/** Who may answer for whom, and what of what was shown is on the record. */
export function acting(system: () => System, browser: () => Browser): void {
  const lastReceipt = async (side: 'hk' | 'cn'): Promise<Receipt> => {
    const sql = 'select jws from receipt order by issued_at desc limit 1';
    const [row] = await rowsOf<{ jws: string }>(system(), `${side}_consent`, sql);
    return decodeJwt(row?.jws ?? '') as unknown as Receipt;
  };
  const lastConsent = async (side: 'hk' | 'cn') =>
    (
      await rowsOf<{ kind: string; acting: string; apart: boolean; by: number }>(
        system(),
        `${side}_consent`,
        `select c.subject_kind as kind, c.acting_as as acting, c.actor_id <> c.subject_id as apart,
            (select count(*)::int from act where consent_id = c.id) as by
           from consent c order by decided_at desc limit 1`,
      )
    )[0];

  it('what stands on the page is what every act and the receipt name, byte for byte', async () => {
    const visitor = new Visitor();
    const page = await toAsk(visitor, await askBank(visitor, system().bank), MEI_YEE);
    const shown = digestOf(fragmentIn(page));
    expect(outcomeOf(await settled(visitor, await answer(visitor, page, AGREE), 60))).toBe('report');
    const receipt = await lastReceipt('cn');
    expect(receipt.notice.shown).toBe(shown);
    const acts = await rowsOf<{ jws: string; shown_digest: string }>(
      system(),
      'cn_consent',
      `select jws, shown_digest from act where consent_id = '${receipt.consentId}'`,
    );
    expect(acts).toHaveLength(page.acts.length);
    expect(receipt.acts.map(({ digest }) => digest).sort()).toEqual(acts.map(({ jws }) => digestOf(jws)).sort());
    expect(acts.map(({ jws }) => decodeJwt(jws)['shownDigest'])).toEqual(acts.map(() => shown));
  }, 120_000);

  it('her receipt, as she downloads it, is verified offline by the command of the guide', async () => {
    const guide = await readFile(join(WORKSPACE, 'docs/guides/see-and-withdraw.md'), 'utf8');
    const [, file = '', directory = ''] = /bayway -- verify (\S+) --directory (\S+?)`/.exec(guide) ?? [];
    const { consentId } = await lastReceipt('cn');
    const her = new Visitor();
    await openPortal(her, system().console.cn, MEI_YEE);
    const kept = await her.open(`${system().console.cn}/consents/${consentId}/receipt.json`);
    const at = (name: string): string => join(system().home, name);
    await writeFile(at(file), kept.html);
    await writeFile(at('roots.json'), JSON.stringify(await pinnedRoots(system().home)));
    const keys = new URL(new URL(directory).pathname, system().bay.topology.urlsOf('evidence').cn).href;
    const verify = (name: string) =>
      run(process.execPath, [BAYWAY, 'verify', at(name), '--directory', keys, '--roots', at('roots.json')]);
    expect((await verify(file)).stdout).toContain(consentId);
    const forged = JSON.parse(kept.html) as { shown: string };
    await writeFile(at('forged.json'), JSON.stringify({ ...forged, shown: `${forged.shown} ` }));
    await expect(verify('forged.json')).rejects.toMatchObject({ code: 1 });
  }, 120_000);

  it('withdrawn while the border is cut: nothing more arrives, then or when it is back', async () => {
    const visitor = new Visitor();
    const page = await toAsk(visitor, await askBank(visitor, system().bank), MEI_YEE);
    const report = await settled(visitor, await answer(visitor, page, AGREE), 60);
    const { consentId } = await lastReceipt('cn');
    const her = new Visitor();
    await openPortal(her, system().console.cn, MEI_YEE);
    const hers = await her.open(`${system().console.cn}/consents/${consentId}?withdraw=open`);
    await system().link.cut();
    try {
      expect((await her.submit(hers.form(/withdrawal/))).has('withdrawn')).toBe(true);
      expect(outcomeOf(await fetchAgain(visitor, report))).not.toBe('report');
    } finally {
      await system().link.mend();
    }
    expect(outcomeOf(await fetchAgain(visitor, report))).not.toBe('report');
    const late = await rowsOf(
      system(),
      'cn_consent',
      `select 1 from permit p join consent_use u using (data_request_id) join consent_history h on h.consent_id = u.consent_id
        where u.consent_id = '${consentId}' and h.state = 'withdrawn' and p.issued_at > h.at`,
    );
    expect(late).toEqual([]);
  }, 180_000);

  it('a guardian answers for a child under fourteen: the child’s record, the guardian’s acts, both on the receipt', async () => {
    const of = (latin: string) =>
      `select document_kind as kind, document_number as number from bank_statement.account_holder where name_latin = '${latin}'`;
    const child = { kind: 'person', name: '陳樂瑤', nameLatin: 'CHAN Lok Yiu', bornOn: '2017-04-12' };
    const known = new Visitor();
    await toAsk(known, await askFor(known, system().banks.cn, 'account-hongkong'), MEI_YEE);
    await enterPower(
      { system: system(), browser: browser() },
      { side: 'hk', city: 'hong-kong', login: 'ho.nofile' },
      {
        ...{ kind: 'guardian', relation: 'parent', validUntil: dayIn(3_000) },
        proof: { kind: 'birth-certificate', digest: digestOf('a certificate') },
        subject: { ...child, document: await documentOf(system(), 'tsing_wan_bank', of(child.nameLatin)) },
        actor: await documentOf(system(), 'tsing_wan_bank', of('CHAN Mei Yee')),
      },
    );
    const visitor = new Visitor();
    const choice = await toAsk(visitor, await askFor(visitor, system().banks.cn, 'account-hongkong'), MEI_YEE);
    const page = await answerFor(visitor, choice, child.nameLatin);
    expect(page.text).toContain(child.nameLatin);
    expect(page.acts).toContain('act.guardian');
    const report = await settled(visitor, await answer(visitor, page, AGREE), 60);
    expect(outcomeOf(report)).toBe('report');
    expect(report.text).toContain(child.name);
    expect(await lastConsent('hk')).toMatchObject({ kind: 'person', acting: 'guardian', apart: true });
    const receipt = await lastReceipt('hk');
    expect(receipt.events.map(({ by }) => by)).toContain('guardian');
    expect(receipt.acts.map(({ kind }) => kind)).toContain('guardian');
  }, 180_000);
}
