import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { issuePermit, NotificationPage, NotificationSettingsView, recordReleased } from '@bayway/contracts';
import { digestOf } from '@bayway/envelope';
import { newPermitRequest } from '../../test/factories.js';
import { MailServer } from '../../test/outside.js';
import { problemIn, World, type Resident } from '../../test/world.js';
import { ExpiryService } from './expiry.service.js';
import { MailWorker } from './mail-worker.js';

let world: World;
let mail: MailServer;
beforeAll(async () => {
  mail = await MailServer.start();
  world = await World.start({ SMTP_URL: mail.url, EXPIRY_NOTICE_DAYS: '10' });
});
afterAll(async () => {
  await world.stop();
  await mail.stop();
});

async function until(isSo: () => unknown, what = 'it'): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await isSo()) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new RangeError(`${what} did not come to that`);
}
const inbox = async (her: Resident, query = '') =>
  NotificationPage.parse((await her.call('GET', `/me/notifications${query}`)).body);
const kindsOf = (page: NotificationPage) => page.items.map(({ kind }) => kind);
const change = (her: Resident, body: object) => her.call('PATCH', '/me/notification-settings', {}, body);
const confirm = (her: Resident, code: string) =>
  her.call('POST', '/me/notification-settings/confirmation', {}, { code });
const codeIn = (text: string) => /^\d{8}$/m.exec(text.replaceAll('\r', ''))?.[0] ?? '';

/** A resident whose address is confirmed. */
async function reachable(settings: object = {}) {
  const her = world.resident();
  const address = `${randomUUID().slice(0, 8)}@example.org`;
  await change(her, { address, language: 'en', ...settings });
  await until(() => mail.to(address).length === 1, 'the code');
  await confirm(her, codeIn(mail.to(address)[0]?.text ?? ''));
  return { her, address, mails: () => mail.to(address).slice(1) };
}

describe('her inbox', () => {
  it('holds every event once, newest first, with the state it is about', async () => {
    const her = world.resident();
    const { consentId, subjectHandle } = await her.consent();
    const request = newPermitRequest({ consentId, subjectHandle });
    const { permit } = await world.bus.ask(issuePermit, request as never);
    const release = {
      ciphertextDigest: digestOf('c'),
      size: 10,
      chunks: 1,
      permit,
      commitment: digestOf(randomUUID()),
    };
    const until15 = new Date(Date.now() + 900_000).toISOString();
    const fact = {
      dataRequestId: request.dataRequestId,
      consentId,
      holder: 'pengwan-credit',
      at: new Date().toISOString(),
    };
    for (let times = 0; times < 2; times += 1)
      await world.tell(recordReleased, { ...fact, release: { ...release, availableUntil: until15 } });
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    const page = await inbox(her);
    expect(kindsOf(page)).toEqual(['withdrawn', 'used', 'given', 'asked']);
    expect(page.unread).toBe(4);
    expect(page.items[1]).toMatchObject({ consentId, dataRequestId: request.dataRequestId, readAt: null });
  });

  it('is read page by page, and marked read line by line or as a whole', async () => {
    const her = world.resident();
    for (let n = 0; n < 3; n += 1) await her.consent();
    const first = await inbox(her, '?limit=4');
    const rest = await inbox(her, `?limit=4&after=${first.next}`);
    expect([first.items.length, rest.items.length, rest.next]).toEqual([4, 2, null]);
    expect(new Set([...first.items, ...rest.items].map(({ id }) => id)).size).toBe(6);
    const ids = first.items.slice(0, 2).map(({ id }) => id);
    expect((await her.call('POST', '/me/notifications/reading', {}, { ids })).body).toEqual({ unread: 4 });
    expect((await inbox(her, '?unread=true')).items).toHaveLength(4);
    expect((await her.call('POST', '/me/notifications/reading', {}, { ids: 'all' })).body).toEqual({ unread: 0 });
  });

  it('deny: another resident’s lines are not there, to read or to mark', async () => {
    const her = world.resident();
    await her.consent();
    const ids = (await inbox(her)).items.map(({ id }) => id);
    const other = world.resident();
    expect((await inbox(other)).items).toEqual([]);
    await other.call('POST', '/me/notifications/reading', {}, { ids });
    expect((await inbox(her)).unread).toBe(2);
  });

  it.each(['limit=51', 'after=abc', 'unread=maybe', 'subject=x'])('deny: %s', async (query) => {
    const answer = await world.resident().call('GET', `/me/notifications?${query}`);
    expect([answer.status, problemIn(answer)]).toEqual([400, 'request-invalid']);
  });
});

describe('her address', () => {
  it('counts once its code came back, and is answered masked only; nothing readable lies in the database', async () => {
    const { her, address } = await reachable();
    const settings = NotificationSettingsView.parse((await her.call('GET', '/me/notification-settings')).body);
    expect([settings.address, settings.awaiting]).toEqual([`${address[0]}…@example.org`, null]);
    const rows = await world.query('select * from notification_settings where subject_id = $1', [her.id]);
    expect(JSON.stringify(rows)).not.toContain(address.slice(1));
    await change(her, { address: null });
    expect((await her.call('GET', '/me/notification-settings')).body).toMatchObject({ address: null });
  });

  it('deny: a wrong code, five times, then the right one too', async () => {
    const her = world.resident();
    const address = `${randomUUID().slice(0, 8)}@example.org`;
    expect(problemIn(await confirm(her, '00000000'))).toBe('mail-address-missing');
    await change(her, { address, language: 'en' });
    await until(() => mail.to(address).length === 1);
    const code = codeIn(mail.to(address)[0]?.text ?? '');
    const wrong = code === '00000000' ? '11111111' : '00000000';
    for (let tries = 0; tries < 5; tries += 1) expect(problemIn(await confirm(her, wrong))).toBe('mail-code-wrong');
    expect(problemIn(await confirm(her, code))).toBe('mail-code-wrong');
    expect((await her.call('GET', '/me/notification-settings')).body).toMatchObject({ address: null });
  });

  it('deny: more than five codes in a day', async () => {
    const her = world.resident();
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1)
      statuses.push((await change(her, { address: `${randomUUID()}@example.org` })).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200, 503]);
  });
});

describe('mails', () => {
  it('follow her choices: at once, with others in the evening, not at all', async () => {
    const { her, mails } = await reachable({ mail: { asked: 'silent', given: 'digest', withdrawn: 'immediate' } });
    const { consentId } = await her.consent();
    await her.consent();
    await her.call('POST', `/me/consents/${consentId}/withdrawal`);
    await until(() => mails().length === 1);
    expect(mails()[0]?.text).toContain('Your withdrawal is in force');
    await world.query("update notification set mail_at = now() where subject_id = $1 and mail = 'digest'", [her.id]);
    await until(() => mails().length === 2);
    expect(mails()[1]?.text).toContain('Events today: 2');
    // A mail arrives before its row says so.
    const states = async () => {
      const rows = await world.query<{ mail: string }>(
        'select mail from notification where subject_id = $1 order by kind',
        [her.id],
      );
      return rows.map((row) => row.mail);
    };
    await until(async () => !(await states()).includes('sending'));
    expect(await states()).toEqual(['none', 'none', 'sent', 'sent', 'sent']);
    for (const { text } of mails()) expect(text).not.toMatch(/tsing|bank|credit|Chan/i);
  });

  it('wait while the server says not now, go out once afterwards, and hold up nothing', async () => {
    const { her, mails } = await reachable({ mail: { asked: 'silent' } });
    mail.refuseWith = 451;
    const { consentId } = await her.consent();
    const row = () =>
      world.row<{ mail: string; mail_attempts: number }>(
        "select mail, mail_attempts from notification where subject_id = $1 and kind = 'given'",
        [her.id],
      );
    await until(async () => (await row()).mail_attempts === 1 && (await row()).mail === 'waiting');
    expect((await her.call('GET', `/me/consents/${consentId}`)).body).toMatchObject({ state: 'given' });
    mail.refuseWith = null;
    await world.query("update notification set mail_at = now() where subject_id = $1 and mail = 'waiting'", [her.id]);
    await until(async () => (await row()).mail === 'sent');
    expect(mails()).toHaveLength(1);
  });

  it('are given up when the server says never', async () => {
    const { her, mails } = await reachable({ mail: { asked: 'silent' } });
    mail.refuseWith = 550;
    await her.consent();
    await until(
      async () =>
        (
          await world.row<{ mail: string }>("select mail from notification where subject_id = $1 and kind = 'given'", [
            her.id,
          ])
        ).mail === 'failed',
    );
    mail.refuseWith = null;
    expect(mails()).toEqual([]);
  });

  it('whose outcome nobody knows are sent again under the same message id; settled ones never', async () => {
    const { her, mails } = await reachable({ mail: { asked: 'silent' } });
    await her.consent();
    const isSent = "select 1 from notification where subject_id = $1 and kind = 'given' and mail = 'sent'";
    await until(async () => (await world.query(isSent, [her.id])).length === 1);
    await world.service.app.get(MailWorker).work(new Date(Date.now() + 86_400_000));
    expect(mails()).toHaveLength(1);
    const lost =
      "update notification set mail = 'sending', mail_at = now() - interval '6 minutes' where subject_id = $1 and kind = 'given'";
    await world.query(lost, [her.id]);
    await until(() => mails().length === 2);
    const ids = mails().map(({ text }) => /^message-id: (.*)$/im.exec(text)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });
});

describe('an end that comes near', () => {
  it('is told once, ten days ahead, of consents in force only', async () => {
    const her = world.resident();
    const near = await her.consent();
    const ended = await her.consent();
    await her.call('POST', `/me/consents/${ended.consentId}/withdrawal`);
    const far = await her.consent();
    const move =
      "update consent set expires_at = now() + interval '9 days', given_at = given_at - interval '30 days' where id = any($1)";
    await world.asOwner(move, [[near.consentId, ended.consentId]]);
    const expiry = world.service.app.get(ExpiryService);
    await expiry.work();
    await expiry.work();
    const told = (await inbox(her)).items.filter(({ kind }) => kind === 'expiring').map(({ consentId }) => consentId);
    expect(told).toEqual([near.consentId]);
    expect(told).not.toContain(far.consentId);
  });
});
