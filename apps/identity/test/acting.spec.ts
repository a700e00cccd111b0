import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolSubject } from '@bayway/contracts';
import { usccCheckCharacter } from '@bayway/domain';
import { digestOf } from '@bayway/envelope';
import { textOf, type Browser, type Opened } from './browser.js';
import type { Partner } from './partner.js';
import { AGREE, isAsk, obtain, paramsOf, reachAsk } from './walk.js';
import { enrol, partnerAt, startWorld, type World } from './world.js';

let world: World;
let bank: Partner;
beforeAll(async () => {
  world = await startWorld();
  bank = await partnerAt(world, world.hk);
}, 60_000);
afterAll(() => world.stop());

const follow = (browser: Browser, page: Opened, pattern: RegExp): Promise<Opened> => {
  const href = pattern.exec(page.html)?.[1];
  if (href === undefined) throw new RangeError(`no such link:\n${textOf(page)}`);
  return browser.open(new URL(href.replaceAll('&amp;', '&'), page.url).href);
};
const linkOf = (name: string): RegExp => new RegExp(`href="([^"]*)"><b>${name}</b>`);
const documentOf = (login: string) => world.cn.city.people.get(login)!.documents[0]!;
const company = () => {
  const body = `91440300XX${String(Math.floor(Math.random() * 1e6)).padStart(6, '0')}0`;
  return { kind: 'uscc' as const, number: body + usccCheckCharacter(body) };
};
type Enrolled = { subject: { kind: string; id: string }; actorId: string };
const enrolled = async (subject: object, login: string): Promise<Enrolled> => {
  const { response, err } = await world.cn.others.ask(enrolSubject, { subject, actor: documentOf(login) });
  if (err) throw new RangeError(err.type);
  return response as Enrolled;
};
const problemOf = async (body: object): Promise<string | undefined> =>
  (await world.cn.others.ask(enrolSubject, body)).err?.type.split('/').at(-1);

describe('“decide later”', () => {
  it('is noted by consent; the ask stays where it was, and is answered then', async () => {
    enrol(world, 'later');
    const { browser, page, attempt } = await reachAsk(world, bank, { login: 'later' });
    const put = await browser.submit(page, 'later-form', { do: 'later' });
    expect(textOf(put)).toContain('You can decide later');
    expect(world.cn.others.deferred).toHaveLength(1);
    expect([...world.cn.others.consents.values()]).toEqual([]);
    const again = await follow(browser, put, /href="([^"]*\?for=[^"]*)"/);
    expect(isAsk(again)).toBe(true);
    const back = await browser.submit(again, 'ask', AGREE);
    await bank.redeem(attempt, back.url);
    expect(world.cn.others.answers().at(-1)).toMatchObject({ state: 'given' });
  });

  it('or she leaves after all, and the client hears that she did not go on', async () => {
    enrol(world, 'leaves');
    const { browser, page } = await reachAsk(world, bank, { login: 'leaves' });
    const put = await browser.submit(page, 'later-form', { do: 'later' });
    expect(paramsOf(await browser.submit(put, 'cancel-form', {})).get('error')).toBe('access_denied');
  });

  it('deny: with a form of another page', async () => {
    enrol(world, 'forged');
    const { browser, page } = await reachAsk(world, bank, { login: 'forged' });
    const before = world.cn.others.deferred.length;
    const altered = { ...page, html: page.html.replaceAll(/name="shown" value="./g, 'name="shown" value="x') };
    expect(isAsk(await browser.submit(altered, 'later-form', { do: 'later' }))).toBe(true);
    expect(world.cn.others.deferred).toHaveLength(before);
  });
});

describe('somebody who may act for others', () => {
  it('says for whom she answers; acts name her, record and handle are the other one’s', async () => {
    enrol(world, 'signs');
    await obtain(world, bank, { login: 'signs' });
    const named = { kind: 'organisation', name: '前湾贸易有限公司', nameLatin: 'Qianwan Trading', document: company() };
    const { subject, actorId } = await enrolled(named, 'signs');
    expect((await enrolled(named, 'signs')).subject).toEqual(subject);
    world.cn.others.powers.set(actorId, [{ kind: 'signatory', subject: subject.id as never }]);

    const { browser, page, attempt } = await reachAsk(world, bank, { login: 'signs' });
    expect(textOf(page)).toContain('Whom do you answer for?');
    expect(page.html).not.toContain(subject.id);
    const ask = await follow(browser, page, linkOf('Qianwan Trading'));
    expect(isAsk(ask)).toBe(true);
    expect(world.cn.others.composed.at(-1)).toMatchObject({
      subject,
      facts: { kind: 'organisation' },
      displayName: 'SIGNS',
      subjectName: 'Qianwan Trading',
    });
    // An answer that is missing brings the same page back, about the same subject.
    const half = await browser.submit(ask, 'ask', { 'act.overseas': 'agree', do: 'answers' });
    expect([half.status, isAsk(half)]).toEqual([422, true]);
    const back = await browser.submit(half, 'ask', AGREE);
    await bank.redeem(attempt, back.url);
    const [given] = [...world.cn.others.consents.values()].slice(-1);
    for (const act of given!.acts)
      expect(act).toMatchObject({ subject: { kind: 'organisation' }, by: digestOf(`${act.askId} ${actorId}`) });
    const rows = await world.cn.rows.query('select resident_id from subject_handle where handle = $1', [given!.handle]);
    expect(rows).toEqual([{ resident_id: subject.id }]);
  });

  it('or answers for herself: then no act names anybody beside her', async () => {
    enrol(world, 'herself');
    await obtain(world, bank, { login: 'herself' });
    const child = {
      kind: 'person',
      name: '陈小吉',
      bornOn: '2016-05-01',
      document: { kind: 'home-return-permit', number: 'H99123456' },
    };
    const { subject, actorId } = await enrolled(child, 'herself');
    world.cn.others.powers.set(actorId, [{ kind: 'guardian', subject: subject.id as never }]);
    const { browser, page, attempt } = await reachAsk(world, bank, { login: 'herself' });
    expect(textOf(page)).toContain('Parent or guardian');
    const ask = await follow(browser, page, linkOf('HERSELF'));
    await bank.redeem(attempt, (await browser.submit(ask, 'ask', AGREE)).url);
    const [given] = [...world.cn.others.consents.values()].slice(-1);
    expect(given!.acts.every((act) => act.by === undefined && act.subject.kind === 'person')).toBe(true);
  });

  it('deny: for one whose name in an address was made up', async () => {
    enrol(world, 'guesses');
    const { browser, page } = await reachAsk(world, bank, { login: 'guesses' });
    const forged = await browser.open(`${page.url.split('?')[0]}?for=${'A'.repeat(43)}`);
    // She may act for nobody: the ask is about herself, whatever the address says.
    expect(isAsk(forged)).toBe(true);
    expect(world.cn.others.composed.at(-1)).not.toHaveProperty('subjectName');
  });

  it('ends when the power has ended meanwhile', async () => {
    enrol(world, 'ended');
    await obtain(world, bank, { login: 'ended' });
    const { subject, actorId } = await enrolled(
      { kind: 'organisation', name: 'Gone Ltd', document: company() },
      'ended',
    );
    world.cn.others.powers.set(actorId, [{ kind: 'signatory', subject: subject.id as never }]);
    const { browser, page } = await reachAsk(world, bank, { login: 'ended' });
    const href = linkOf('Gone Ltd').exec(page.html)![1]!;
    const ask = await browser.open(new URL(href, page.url).href);
    world.cn.others.powers.set(actorId, []);
    const half = await browser.submit(ask, 'ask', { 'act.overseas': 'agree', do: 'answers' });
    expect(paramsOf(half).get('error')).toBe('access_denied');
  });
});

describe('identity.enrol.v1', () => {
  const papers = () => ({ kind: 'organisation', name: 'A Ltd', document: company() });

  it.each([
    [
      'an actor who has never signed in here',
      () => ({ subject: papers(), actor: { kind: 'home-return-permit', number: 'H98765432' } }),
      'resident-not-found',
    ],
    [
      'a number that is not well formed',
      () => ({ subject: { ...papers(), document: { kind: 'uscc', number: '123' } }, actor: documentOf('signs') }),
      'request-invalid',
    ],
    [
      'a document of another kind of subject',
      () => ({ subject: { ...papers(), kind: 'person', bornOn: '2016-05-01' }, actor: documentOf('signs') }),
      'request-invalid',
    ],
    [
      'another day of birth than is known',
      () => ({
        subject: { kind: 'person', name: 'x', bornOn: '2016-01-01', document: documentOf('signs') },
        actor: documentOf('signs'),
      }),
      'request-invalid',
    ],
    [
      'more than was asked',
      () => ({ subject: papers(), actor: documentOf('signs'), id: randomUUID() }),
      'request-invalid',
    ],
  ])('refuses %s, and enters nobody', async (_name, body, code) => {
    const count = () => world.cn.rows.query('select count(*) from resident');
    const before = await count();
    expect(await problemOf(body())).toBe(code);
    expect(await count()).toEqual(before);
  });
});
