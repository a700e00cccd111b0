import { connect, type AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTransport, type Transporter } from 'nodemailer';
import type { SMTPServer } from 'smtp-server';
import { closed, listening } from '../../test/listen.js';
import { mailboxApp } from './app.js';
import { Mails, type Mail } from './mails.js';
import { smtpSink } from './smtp.js';

const faults: string[] = [];
let mails: Mails;
let smtp: SMTPServer;
let port: number;
let transport: Transporter;
let web: { base: string; server: Server };

beforeAll(async () => {
  mails = new Mails();
  smtp = smtpSink(mails, (fault) => faults.push(fault));
  const listener = smtp.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  port = (listener.address() as AddressInfo).port;
  transport = createTransport({ host: '127.0.0.1', port, secure: false, ignoreTLS: true });
  web = await listening(() => mailboxApp(mails));
});
afterAll(async () => {
  transport.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  await closed(web.server);
});

const send = (to: string, subject: string, text: string) =>
  transport.sendMail({ from: 'consent@bayway.example', to, subject, text });
const fetched = async (path: string) => ((await (await fetch(web.base + path)).json()) as { mails: Mail[] }).mails;

describe('the mailbox', () => {
  it('says when nothing has come yet', async () => {
    expect(await (await fetch(web.base)).text()).toContain('id="empty"');
  });

  it('keeps a mail in any script and shows it, escaped', async () => {
    await send('chan.meiyee@mail.example', '有一項請求待您回應 <b>', 'Até já, 陳美怡 & co. <script>');
    const [mail] = await fetched('/mails?to=chan.meiyee@mail.example');
    expect(mail).toMatchObject({ to: 'chan.meiyee@mail.example', subject: '有一項請求待您回應 <b>' });
    const page = await (await fetch(`${web.base}/mails/${mail!.id}`)).text();
    expect(page).toContain('Até já, 陳美怡 &amp; co. &lt;script&gt;');
    expect(await (await fetch(web.base)).text()).toContain('有一項請求待您回應 &lt;b&gt;');
  });

  it('lists newest first, by address when one is given', async () => {
    await send('a@mail.example', 'first', 'x');
    await send('b@mail.example', 'second', 'x');
    expect((await fetched('/mails')).slice(0, 2).map(({ subject }) => subject)).toEqual(['second', 'first']);
    expect((await fetched('/mails?to=A@MAIL.EXAMPLE')).map(({ subject }) => subject)).toEqual(['first']);
  });

  it('answers 404 for a mail it does not have, and 400 for an overlong address', async () => {
    expect((await fetch(`${web.base}/mails/99999`)).status).toBe(404);
    expect((await fetch(`${web.base}/mails/x`)).status).toBe(404);
    expect((await fetch(`${web.base}/mails?to=${'a'.repeat(400)}`)).status).toBe(400);
  });

  it('refuses a mail of more than a megabyte and keeps none of it', async () => {
    const before = mails.list().length;
    await expect(send('a@mail.example', 'big', 'x'.repeat(1_100_000))).rejects.toThrow(/552|size/i);
    expect(mails.list()).toHaveLength(before);
  });

  it('survives a connection that breaks off', async () => {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'data');
    socket.write('EHLO x\r\nMAIL FR');
    socket.destroy();
    await send('c@mail.example', 'after', 'x');
    expect(mails.list()[0]!.subject).toBe('after');
  });
});

describe('Mails', () => {
  it('keeps the last 500', () => {
    const many = new Mails();
    for (let n = 0; n < 600; n += 1)
      many.keep({ subject: `mail ${n}` } as Parameters<Mails['keep']>[0], '2026-11-22T00:00:00Z');
    expect(many.list()).toHaveLength(500);
    expect([many.list()[0]!.subject, many.list().at(-1)!.subject]).toEqual(['mail 599', 'mail 100']);
    expect(many.find(100)).toBeUndefined();
    expect(many.find(101)!.subject).toBe('mail 100');
  });
});
