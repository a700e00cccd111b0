import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { audienceOf, type Role } from '@bayway/contracts';
import { epochSeconds, sign } from '@bayway/envelope';
import { SMTPServer } from 'smtp-server';
import type { Resident, World } from './world.js';

/** What a recipient or a connector signs about a withdrawn consent. */
export function newStatement(
  world: World,
  over: Record<string, unknown> & { consentId: string },
  by = 'hk/participant/tsing-wan-bank',
): Promise<string> {
  const iss = by.includes('connector') ? by : by.split('/').at(-1);
  const claims = { iss, jti: randomUUID(), iat: epochSeconds(new Date()), what: 'withdrawal', ...over };
  return sign(world.trust.key(by, 'sig'), 'endStatement', claims);
}

/** A withdrawal that a recipient passes on. */
export function newWithdrawal(
  world: World,
  over: Record<string, unknown> & { consentId: string },
  by = 'hk/participant/tsing-wan-bank',
): Promise<string> {
  const iat = epochSeconds(new Date());
  const head = { iss: by.split('/').at(-1), aud: audienceOf('cn', 'consent'), jti: randomUUID(), iat, exp: iat + 120 };
  return sign(world.trust.key(by, 'sig'), 'withdrawal', { ...head, reference: 'TWB/2026-0417', ...over });
}

/** An administrator of `cn`, with what her token says she may do. */
export class Administrator {
  private readonly who: Resident;

  constructor(
    world: World,
    readonly roles: readonly Role[] = ['consent-administrator'],
  ) {
    this.who = world.resident();
  }

  get id(): string {
    return this.who.id;
  }

  call(method: 'GET' | 'POST', path: string, sent?: unknown, over: Record<string, unknown> = {}) {
    return this.who.call(method, path, { scope: 'openid administration', roles: this.roles, ...over }, sent);
  }
}

/** A mail server that keeps what it is given, and can be told how to answer. */
export class MailServer {
  readonly mails: { to: string; text: string }[] = [];
  /** SMTP code for the next mails instead of taking them: 451 for now, 550 for ever. */
  refuseWith: number | null = null;

  private constructor(private readonly server: SMTPServer) {}

  static async start(): Promise<MailServer> {
    const holder: { at?: MailServer } = {};
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      onData: (stream, session, done) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          const at = holder.at as MailServer;
          if (at.refuseWith !== null) return done(Object.assign(new Error('not now'), { responseCode: at.refuseWith }));
          at.mails.push({ to: String(session.envelope.rcptTo[0]?.address), text: Buffer.concat(parts).toString() });
          return done();
        });
      },
    });
    holder.at = new MailServer(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return holder.at;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  to(address: string): { to: string; text: string }[] {
    return this.mails.filter((mail) => mail.to === address);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
