import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { digestOf, randomName } from '@bayway/envelope';
import { DomainError } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import { LessThan, Repository } from 'typeorm';
import { z } from 'zod';
import type { Request } from 'express';
import { cookieName, readCookie } from '../cookies.js';
import { ADMIN_IDLE_MS, SESSION_IDLE_MS, SESSION_LIFE_MS, type ConsoleConfig } from '../config.js';
import { Seal } from './seal.js';
import { SessionEntity, type SessionKind } from './session.entity.js';

const Tokens = z.object({
  accessToken: z.string(),
  idToken: z.string(),
  /** The private key that the access token is bound to (RFC 9449). */
  dpop: z.record(z.string(), z.unknown()),
  expiresAt: z.number(),
  /** Of an administrator: for tokens of the other services, and for the next ones. */
  refreshToken: z.string().optional(),
});
export type Tokens = z.infer<typeof Tokens>;

/** A session as a page sees it. */
export type Session = Readonly<{ id: string; subject: string; name: string; csrf: string; tokens: Tokens }>;

const COOKIES = { resident: ['session', 'sign_in'], administrator: ['admin', 'admin_sign_in'] } as const;

/** Who is signed in here. The cookie is a random name; tokens never reach the browser. */
export class SessionsService {
  /** Name of the cookie that names a session. */
  readonly cookie: string;
  /** Name of the cookie that ties a sign-in under way to its browser. */
  readonly signInCookie: string;
  private readonly seal: Seal;

  readonly kind: SessionKind;

  constructor(
    private readonly sessions: Repository<SessionEntity>,
    config: ConsoleConfig,
    kind: SessionKind,
  ) {
    this.kind = kind;
    this.seal = new Seal(config.KEK);
    const [session, signIn] = COOKIES[kind];
    this.cookie = cookieName(config.BASE_URL, config.JURISDICTION, session);
    this.signInCookie = cookieName(config.BASE_URL, config.JURISDICTION, signIn);
  }

  /** The session of a request, or null. */
  async of(request: Request): Promise<Session | null> {
    const session = await this.glance(request);
    if (session) await this.sessions.update({ id: session.id }, { seenAt: new Date() });
    return session;
  }

  /** The same, without counting it as a sign of life. */
  glance(request: Request): Promise<Session | null> {
    return this.find(readCookie(request, this.cookie));
  }

  /** The session of a request that needs one. @throws DomainError `token-missing` */
  async require(request: Request): Promise<Session> {
    const session = await this.of(request);
    if (!session) throw new DomainError('token-missing');
    return session;
  }

  /** The same, for a form: it must carry the session's own token. @throws DomainError `access-denied` */
  async requireForm(request: Request, csrf: string): Promise<Session> {
    const session = await this.require(request);
    if (session.csrf !== csrf) throw new DomainError('access-denied');
    return session;
  }

  /** Begins a session; answers the value of its cookie. */
  async begin(subject: string, name: string, tokens: Tokens): Promise<string> {
    const cookie = randomName();
    const now = new Date();
    await this.sessions.insert({
      id: digestOf(cookie),
      kind: this.kind,
      subject,
      sealedName: await this.seal.close(name),
      sealedTokens: await this.seal.close(tokens),
      csrf: randomName(),
      createdAt: now,
      seenAt: now,
    });
    await this.sessions.delete({ seenAt: LessThan(new Date(now.getTime() - SESSION_IDLE_MS)) });
    return cookie;
  }

  /** None when it idled too long, or is too old. */
  private async find(cookie: string | undefined): Promise<Session | null> {
    if (!cookie || cookie.length > 100) return null;
    const row = await this.sessions.findOneBy({ id: digestOf(cookie), kind: this.kind });
    if (!row || !isAlive(row, new Date())) return null;
    return {
      id: row.id,
      subject: row.subject,
      name: z.string().parse(await this.seal.open(row.sealedName)),
      csrf: row.csrf,
      tokens: Tokens.parse(await this.seal.open(row.sealedTokens)),
    };
  }

  /** Keeps tokens that took the place of earlier ones. */
  async keep(id: string, tokens: Tokens): Promise<void> {
    await this.sessions.update({ id }, { sealedTokens: await this.seal.close(tokens) });
  }

  async end(id: string): Promise<void> {
    await this.sessions.delete({ id });
  }
}

/** Residents' sessions. */
@Injectable()
export class ResidentSessions extends SessionsService {
  constructor(
    @InjectRepository(SessionEntity) sessions: Repository<SessionEntity>,
    @Inject(CONFIG) config: ConsoleConfig,
  ) {
    super(sessions, config, 'resident');
  }
}

/** Administrators' sessions, with cookies of their own. */
@Injectable()
export class AdministratorSessions extends SessionsService {
  constructor(
    @InjectRepository(SessionEntity) sessions: Repository<SessionEntity>,
    @Inject(CONFIG) config: ConsoleConfig,
  ) {
    super(sessions, config, 'administrator');
  }
}

/** Within both limits: an administrator's session idles for less. */
export const isAlive = (session: Pick<SessionEntity, 'createdAt' | 'seenAt' | 'kind'>, now: Date): boolean =>
  now.getTime() - session.seenAt.getTime() < (session.kind === 'administrator' ? ADMIN_IDLE_MS : SESSION_IDLE_MS) &&
  now.getTime() - session.createdAt.getTime() < SESSION_LIFE_MS;
