import { Inject, Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { DomainError } from '@bayway/contracts';
import { digestOf, randomName } from '@bayway/envelope';
import { CONFIG } from '@bayway/service';
import { LessThan, Repository } from 'typeorm';
import { z } from 'zod';
import { SIGN_IN_MS, type ConsoleConfig } from '../config.js';
import { Seal } from '../sessions/seal.js';
import { SignInEntity, type SessionKind } from '../sessions/session.entity.js';
import { AdministratorClient, ResidentClient, type OidcClient, type Signed } from './oidc-client.js';

const BegunShape = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  dpop: z.record(z.string(), z.unknown()),
});

type Parts = Readonly<{
  signIns: Repository<SignInEntity>;
  oidc: OidcClient;
  config: ConsoleConfig;
  kind: SessionKind;
}>;

/** Signs people in: begins at the provider, and takes only the answer that this same browser asked for, once. */
export class SignInService {
  private readonly seal: Seal;
  private readonly signIns: Repository<SignInEntity>;
  private readonly config: ConsoleConfig;
  private readonly oidc: OidcClient;
  private readonly kind: SessionKind;

  constructor({ signIns, config, oidc, kind }: Parts) {
    this.signIns = signIns;
    this.config = config;
    this.oidc = oidc;
    this.kind = kind;
    this.seal = new Seal(config.KEK);
  }

  /** @returns where to send the browser, and the value of the cookie that ties the sign-in to it */
  async begin(returnTo: string, uiLocales: string): Promise<{ url: string; cookie: string }> {
    const { begun, url } = await this.oidc.begin(uiLocales);
    const cookie = randomName();
    const expiresAt = new Date(Date.now() + SIGN_IN_MS);
    await this.signIns.delete({ expiresAt: LessThan(new Date()) });
    const sealed = await this.seal.close(begun);
    const [id, browser, kind] = [digestOf(begun.state), digestOf(cookie), this.kind];
    await this.signIns.insert({ id, kind, browser, sealed, returnTo, expiresAt });
    return { url, cookie };
  }

  /**
   * Takes the answer at the redirect URI.
   * @returns who signed in, and the page she wanted
   * @throws DomainError `token-invalid` when it is not the answer to a sign-in of this browser
   */
  async finish(originalUrl: string, cookie: string | undefined): Promise<{ signed: Signed; returnTo: string }> {
    const callback = new URL(originalUrl, this.config.BASE_URL);
    const id = digestOf(callback.searchParams.get('state') ?? '');
    const row = await this.signIns.findOneBy({ id, kind: this.kind });
    const isOurs = row && cookie && row.browser === digestOf(cookie) && row.expiresAt > new Date();
    if (!isOurs) throw new DomainError('token-invalid');
    const { affected } = await this.signIns.delete({ id });
    if (affected !== 1) throw new DomainError('token-invalid');
    const begun = BegunShape.parse(await this.seal.open(row.sealed));
    return { signed: await this.oidc.finish(callback, begun), returnTo: row.returnTo };
  }
}

/** Sign-ins of residents. */
@Injectable()
export class ResidentSignIn extends SignInService {
  constructor(
    @InjectRepository(SignInEntity) signIns: Repository<SignInEntity>,
    @Inject(ResidentClient) oidc: ResidentClient,
    @Inject(CONFIG) config: ConsoleConfig,
  ) {
    super({ signIns, oidc, config, kind: 'resident' });
  }
}

/** Sign-ins of administrators. */
@Injectable()
export class AdministratorSignIn extends SignInService {
  constructor(
    @InjectRepository(SignInEntity) signIns: Repository<SignInEntity>,
    @Inject(AdministratorClient) oidc: AdministratorClient,
    @Inject(CONFIG) config: ConsoleConfig,
  ) {
    super({ signIns, oidc, config, kind: 'administrator' });
  }
}

/** A path of this site, or home: never an address of somebody else's. */
export const safePath = (wanted: string | undefined): string =>
  wanted && wanted.length <= 300 && /^\/(?![/\\])[\w\-./?=&%#]*$/.test(wanted) ? wanted : '/';
