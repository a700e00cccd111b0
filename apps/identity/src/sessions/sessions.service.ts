import { Inject, Injectable, Logger } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { Provider } from 'oidc-provider';
import { DataSource, In, IsNull } from 'typeorm';
import { PROVIDER } from '../oidc/interactions.js';
import type { CurrentProvider } from '../oidc/provider.js';
import { SignInEntity } from './sign-in.entity.js';

type Session = InstanceType<Provider['Session']>;

/** A session that goes on, with the sign-in it rests on now. */
export type LiveSession = Readonly<{ uid: string; signIn: SignInEntity; clients: readonly string[] }>;

/** A client as the library can tell it of a log-out; its types do not say so. */
type Told = Readonly<{
  backchannelLogoutUri?: string;
  backchannelLogout: (accountId: string, sid?: string) => Promise<void>;
}>;

const MOST = 50;
const BATCH = 200;

/** Sessions of residents: which go on, and how they end everywhere. */
@Injectable()
export class Sessions {
  private readonly logger = new Logger('sessions');

  constructor(
    @Inject(DataSource) private readonly db: DataSource,
    @Inject(PROVIDER) private readonly provider: CurrentProvider,
  ) {}

  /** The sessions of a resident that go on, the newest first. */
  async of(residentId: string): Promise<LiveSession[]> {
    const rows = await this.db
      .getRepository(SignInEntity)
      .find({ where: { residentId, endedAt: IsNull() }, order: { at: 'DESC' }, take: MOST });
    const newest = [...new Map([...rows].reverse().map((row) => [row.sessionUid, row])).values()].reverse();
    const found = await Promise.all(
      newest.map(async (signIn) => {
        const session = await this.find(signIn.sessionUid);
        if (session?.accountId !== residentId) return [];
        return [{ uid: signIn.sessionUid, signIn, clients: Object.keys(session.authorizations ?? {}) }];
      }),
    );
    return found.flat();
  }

  /**
   * Ends a session: its clients that can be told are told (OpenID Connect Back-Channel Logout 1.0), what they hold for
   * it ends, and nobody can go on with it.
   * @throws DomainError `session-not-found` when it is not hers, or over
   */
  async end(residentId: string, uid: string): Promise<void> {
    const session = await this.find(uid);
    if (session?.accountId !== residentId) throw new DomainError('session-not-found');
    await this.endSession(session);
  }

  /** Ends all sessions that somebody began by way of a peer, or a city, under a name there. */
  async endFrom(via: string, upstreamSub: string): Promise<number> {
    return this.endThose(await this.db.getRepository(SignInEntity).findBy({ via, upstreamSub, endedAt: IsNull() }));
  }

  /** Ends all sessions that began by way of a peer, whoever's. */
  async endAllFrom(via: string): Promise<number> {
    const where = { via, endedAt: IsNull() };
    for (let count = 0; ;) {
      const rows = await this.db.getRepository(SignInEntity).find({ where, take: BATCH });
      if (rows.length === 0) return count;
      count += await this.endThose(rows);
    }
  }

  private async endThose(rows: readonly SignInEntity[]): Promise<number> {
    const uids = [...new Set(rows.map(({ sessionUid }) => sessionUid))];
    const sessions = await Promise.all(uids.map((uid) => this.find(uid)));
    for (const session of sessions) if (session) await this.endSession(session);
    await this.close(uids);
    return uids.length;
  }

  /** Notes that sessions are over. */
  async close(uids: readonly string[]): Promise<void> {
    if (uids.length === 0) return;
    await this.db
      .getRepository(SignInEntity)
      .update({ sessionUid: In([...uids]), endedAt: IsNull() }, { endedAt: new Date() });
  }

  private async endSession(session: Session): Promise<void> {
    const { uid, accountId = '' } = session;
    const authorizations = Object.entries(session.authorizations ?? {});
    await session.destroy();
    await this.close([uid]);
    await Promise.all(
      authorizations.map(async ([clientId, { grantId, persistsLogout }]) => {
        if (grantId && !persistsLogout) await this.endGrant(grantId);
        await this.tell(clientId, accountId, session.sidFor(clientId));
      }),
    );
  }

  private async endGrant(grantId: string): Promise<void> {
    const { AccessToken, AuthorizationCode, RefreshToken, Grant } = this.provider();
    for (const model of [AccessToken, AuthorizationCode, RefreshToken]) await model.revokeByGrantId(grantId);
    await (await Grant.find(grantId))?.destroy();
  }

  /** One that does not answer hears no more of it: its tokens are gone here all the same. */
  private async tell(clientId: string, accountId: string, sid: string | undefined): Promise<void> {
    const client = (await this.provider().Client.find(clientId)) as Told | undefined;
    if (!client?.backchannelLogoutUri) return;
    await client.backchannelLogout(accountId, sid).catch((error: unknown) => {
      this.logger.warn({ client: clientId, failure: (error as { code?: string; name: string }).code ?? 'logout' });
    });
  }

  private find(uid: string): Promise<Session | undefined> {
    return this.provider().Session.findByUid(uid);
  }
}
