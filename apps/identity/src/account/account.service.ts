import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { Links } from '../linking/links.service.js';
import type { SignedIn } from '../oidc/interactions.js';
import type { AccountProps, ShownSignIn } from '../pages/account.js';
import { Residents } from '../residents/residents.service.js';
import { Sessions, type LiveSession } from '../sessions/sessions.service.js';
import type { SignInEntity } from '../sessions/sign-in.entity.js';
import { SignIns } from '../sessions/sign-ins.service.js';
import { Upstreams } from '../upstreams/upstreams.js';

const MOST = 20;

/** What a resident sees of her own sign-ins, and ends. */
@Injectable()
export class Account {
  @Inject(Sessions) private readonly sessions!: Sessions;
  @Inject(SignIns) private readonly signIns!: SignIns;
  @Inject(Links) private readonly links!: Links;
  @Inject(Residents) private readonly residents!: Residents;
  @Inject(Upstreams) private readonly upstreams!: Upstreams;

  async of({ accountId, sessionUid }: SignedIn): Promise<Pick<AccountProps, 'live' | 'history' | 'cities' | 'links'>> {
    const [live, latest, accounts, links] = await Promise.all([
      this.sessions.of(accountId),
      this.signIns.latest(accountId, MOST),
      this.residents.accountsOf(accountId),
      this.links.of(accountId),
    ]);
    const going = new Set(live.map(({ uid }) => uid));
    const cities = accounts.flatMap(({ issuer, lastUsedAt }) => {
      const found = this.upstreams.cities.find((city) => city.issuer === issuer);
      return found ? [{ place: found.city.place, lastUsed: lastUsedAt }] : [];
    });
    return {
      live: live.map(({ uid, signIn }) => ({ uid, here: uid === sessionUid, signIn: this.shown(signIn, true) })),
      history: latest.map((row) => this.shown(row, going.has(row.sessionUid))),
      cities,
      links,
    };
  }

  /** Ends the session that a sign-in began. @throws DomainError `session-not-found` */
  async end({ accountId }: SignedIn, signInId: string): Promise<void> {
    const found = (await this.sessions.of(accountId)).find(({ signIn }) => signIn.id === signInId);
    if (!found) throw new DomainError('session-not-found');
    await this.sessions.end(accountId, found.uid);
  }

  async endOthers({ accountId, sessionUid }: SignedIn): Promise<void> {
    const isOther = ({ uid }: LiveSession): boolean => uid !== sessionUid;
    const others = (await this.sessions.of(accountId)).filter(isOther);
    for (const { uid } of others) await this.sessions.end(accountId, uid);
  }

  private shown(row: SignInEntity, goesOn: boolean): ShownSignIn {
    const { id, at, browser, system, level, steps, newDevice } = row;
    const city = this.upstreams.cities.find((each) => each.id === row.via);
    return { id, at, browser, system, level, steps, newDevice, place: city?.city.place ?? null, ended: !goesOn };
  }
}
