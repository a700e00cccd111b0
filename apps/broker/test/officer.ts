import { randomUUID } from 'node:crypto';
import { audienceOf, scopes, type Problem, type Role } from '@bayway/contracts';
import type { Jurisdiction } from '@bayway/domain';
import { digestOf, newKey } from '@bayway/envelope';
import { importJWK, SignJWT } from 'jose';
import type { Side, World } from './world.js';

type Sent = Readonly<{
  body?: unknown;
  scope?: string;
  roles?: readonly Role[];
  at?: Jurisdiction;
  anonymous?: boolean;
}>;
export type Answer<T> = Readonly<{ status: number; body: T & Problem; headers: Headers }>;

/** A rules officer of one jurisdiction, as she uses its broker: with a token of its OP and a proof for each call. */
export class Officer {
  constructor(
    private readonly world: World,
    private readonly side: Side,
    private readonly me: Jurisdiction,
  ) {}

  get<T>(path: string, sent: Sent = {}): Promise<Answer<T>> {
    return this.call('GET', path, sent);
  }

  post<T>(path: string, body: unknown, sent: Sent = {}): Promise<Answer<T>> {
    return this.call('POST', path, { ...sent, body });
  }

  private async call<T>(method: string, path: string, sent: Sent): Promise<Answer<T>> {
    const authorised = sent.anonymous ? {} : await this.authorised(method, path, sent);
    const typed: Record<string, string> = sent.body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, this.side.running.url), {
      method,
      headers: { ...typed, ...authorised },
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
    return { status: response.status, body: (await response.json()) as T & Problem, headers: response.headers };
  }

  private async authorised(method: string, path: string, sent: Sent): Promise<Record<string, string>> {
    const { scope = scopes.administration, roles = ['rules-officer'], at = this.me } = sent;
    const key = await newKey('sig');
    const signer = this.world.trust.key(`${at}/identity`, 'oidc');
    const token = await new SignJWT({
      ...{ client_id: 'console', scope: `openid ${scope}`, roles, jti: randomUUID(), cnf: { jkt: key.kid } },
      ...{ iss: `http://${at}-identity.test`, sub: randomUUID(), aud: audienceOf(at, 'broker') },
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signer.kid })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(signer.jwk, 'ES256'));
    const htu = `http://${this.me}-broker.test${path.split('?')[0]}`;
    const proof = await new SignJWT({ htm: method, htu, jti: randomUUID(), ath: digestOf(token) })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...key.publicKey } })
      .setIssuedAt()
      .sign(await importJWK(key.jwk, 'ES256'));
    return { authorization: `DPoP ${token}`, dpop: proof };
  }
}

/** What is refused to everybody but a rules officer of this jurisdiction: the case, the way to send it, the answer. */
export const DENIED = [
  ['nobody', { anonymous: true }, 401, 'token-missing'],
  ['a partner', { scope: 'data' }, 403, 'access-denied'],
  ['a resident', { scope: 'consent' }, 403, 'access-denied'],
  ['an administrator of consents', { roles: ['consent-administrator'] }, 403, 'access-denied'],
  ['an administrator without a role', { roles: [] }, 403, 'access-denied'],
  ['an officer of another jurisdiction', { at: 'mo' }, 401, 'token-audience-mismatch'],
] as const satisfies readonly [string, Sent, number, string][];

/** The code of a problem, from its type. */
export const codeOfProblem = ({ body }: Answer<object>): string => body.type.split('/').at(-1) ?? '';
