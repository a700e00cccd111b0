import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AssuranceStep, type Assurance } from '@bayway/domain';
import { randomName } from '@bayway/envelope';
import { CONFIG } from '@bayway/service';
import type { InteractionResults, KoaContextWithOIDC } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { z } from 'zod';
import { cookieName, type IdentityConfig } from '../config.js';
import { cookiesOf } from '../pages/page-context.js';
import type { Exchange } from '../oidc/interactions.js';
import { Secrets } from '../secrets.js';
import { deviceOf } from './device.js';
import { SignInEntity } from './sign-in.entity.js';

const DAY_MS = 86_400_000;
/** For half a year she can see where she signed in. */
const KEPT_MS = 183 * DAY_MS;
/** As long as browsers keep a cookie (RFC 6265bis section 5.5). */
const DEVICE_MS = 400 * DAY_MS;

/** What is seen at an arrival; goes along in the interaction until the session it leads to is there. */
const Seen = z.strictObject({
  id: z.uuid(),
  via: z.string().max(60),
  upstreamSub: z.string().max(255),
  level: z.int().min(1).max(4),
  steps: z.array(AssuranceStep).max(6),
  browser: z.string().max(40).nullable(),
  system: z.string().max(40).nullable(),
  newDevice: z.boolean(),
  at: z.iso.datetime(),
});
export type Seen = z.infer<typeof Seen>;

/** Whether she was here before at all, and on this device; then the device is known. */
const MEET = `
  with before as (
    select count(*)::int as devices, count(*) filter (where digest = $2)::int as this
      from device where resident_id = $1 and expires_at > now()),
  met as (
    insert into device (resident_id, digest, expires_at) values ($1, $2, now() + $3 * interval '1 millisecond')
    on conflict (resident_id, digest) do update set expires_at = excluded.expires_at)
  select devices, this from before`;

/** Keeps where, when, how surely and on what device residents sign in. */
@Injectable()
export class SignIns {
  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(Secrets) private readonly secrets: Secrets,
  ) {}

  /** Somebody came back signed in. The browser gets a name of its own, unless it has one. */
  async see(exchange: Exchange, who: Arrived): Promise<Seen> {
    const { residentId, via, upstreamSub, assurance } = who;
    const digest = this.secrets.mac('devices', `${residentId}\n${this.browser(exchange)}`);
    const [met] = await this.db.query<{ devices: number; this: number }[]>(MEET, [residentId, digest, DEVICE_MS]);
    const newDevice = met !== undefined && met.devices > 0 && met.this === 0;
    const device = deviceOf(exchange.req.headers['user-agent']);
    const { level, steps } = assurance;
    return {
      id: randomUUID(),
      via,
      upstreamSub,
      level,
      steps: [...steps],
      ...device,
      newDevice,
      at: new Date().toISOString(),
    };
  }

  /** Notes an arrival once its session is known; the same one again changes nothing. */
  async record({ oidc }: KoaContextWithOIDC): Promise<void> {
    const { result, session, client } = oidc;
    const parsed = Seen.safeParse(isArrival(result) ? result?.seen : undefined);
    if (!parsed.success || !session?.accountId || !client) return;
    const { at, ...seen } = parsed.data;
    const row = { ...seen, at: new Date(at), residentId: session.accountId, sessionUid: session.uid };
    const expiresAt = new Date(Date.now() + KEPT_MS);
    const insert = this.db.createQueryBuilder().insert().into(SignInEntity).orIgnore();
    await insert.values({ ...row, clientId: client.clientId, endedAt: null, expiresAt }).execute();
  }

  /** The latest sign-ins of a resident, newest first. */
  latest(residentId: string, most: number): Promise<SignInEntity[]> {
    return this.db.getRepository(SignInEntity).find({ where: { residentId }, order: { at: 'DESC' }, take: most });
  }

  private browser({ req, res }: Exchange): string {
    const name = cookieName(this.config.JURISDICTION, 'device');
    const known = cookiesOf(req).get(name);
    const browser = known && /^[\w-]{43}$/.test(known) ? known : randomName();
    const secure = this.config.BASE_URL.startsWith('https:');
    res.cookie(name, browser, { httpOnly: true, sameSite: 'lax', secure, maxAge: DEVICE_MS });
    return browser;
  }
}

/** Not a step after it, when it is noted already. */
const isArrival = (result: InteractionResults | undefined): boolean =>
  ['border', 'ask', 'consent'].every((step) => result?.[step] === undefined);

export type Arrived = Readonly<{ residentId: string; via: string; upstreamSub: string; assurance: Assurance }>;
