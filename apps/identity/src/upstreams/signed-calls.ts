import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { importKey, randomName } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import { createRemoteJWKSet, errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { IdentityConfig } from '../config.js';
import type { City } from './upstreams.js';

const TIMEOUT_MS = 5_000;
const KEYS_TIMEOUT_MS = 3_000;
const LIFE_SECONDS = 60;
const SKEW_SECONDS = 30;
const LONGEST_ANSWER = 20_000;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/**
 * Calls from server to server to a city that is no OpenID provider: our JWS (`typ` `city-call+jwt`, `aud` = the address,
 * used once), answered by the city's (`aud` = our client id, `in_reply_to` = our `jti`), with the keys it publishes.
 */
@Injectable()
export class SignedCalls {
  private readonly keySets = new Map<string, KeySet>();

  constructor(
    @Inject(CONFIG) private readonly config: IdentityConfig,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  /** Where such a city sends her back to: an address of its own, for it names no issuer. */
  redirectUri({ id }: City): string {
    return `${this.config.BASE_URL}/cb/${id}`;
  }

  /** Whether the city answers, before anybody is sent there. @throws DomainError `city-unavailable` */
  async reach(city: City): Promise<void> {
    try {
      await this.keysOf(city).reload();
    } catch (cause) {
      throw new DomainError('city-unavailable', { city: city.id }, { cause });
    }
  }

  /** @throws DomainError `city-unavailable`, or `city-untrusted` when the answer does not verify */
  async call(city: City, path: string, claims: JWTPayload): Promise<JWTPayload> {
    const jti = randomName();
    const url = `${city.issuer}${path}`;
    const answer = await this.post(url, await this.signed(city, url, { ...claims, jti })).catch((cause: unknown) => {
      throw new DomainError('city-unavailable', { city: city.id }, { cause });
    });
    try {
      const { payload } = await jwtVerify(answer, this.keysOf(city), {
        algorithms: ['ES256'],
        typ: 'city-answer+jwt',
        issuer: city.issuer,
        audience: city.clientId,
        maxTokenAge: LIFE_SECONDS,
        clockTolerance: SKEW_SECONDS,
      });
      if (payload.in_reply_to !== jti) throw new DomainError('city-untrusted', { city: city.id });
      return payload;
    } catch (cause) {
      const slow = cause instanceof errors.JWKSTimeout;
      throw new DomainError(slow ? 'city-unavailable' : 'city-untrusted', { city: city.id }, { cause });
    }
  }

  private async signed({ clientId }: City, audience: string, claims: JWTPayload): Promise<string> {
    const { jwk, kid } = this.keys.own('client');
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'city-call+jwt' })
      .setIssuer(clientId)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${LIFE_SECONDS}s`)
      .sign(await importKey(jwk, 'client'));
  }

  private async post(url: string, body: string): Promise<string> {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/jwt' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    if (!response.ok || text.length > LONGEST_ANSWER) throw new DomainError('answer-invalid');
    return text;
  }

  /** The city's keys; those unknown are asked for again, so that a rotation needs nothing here. */
  private keysOf({ issuer }: City): KeySet {
    const known = this.keySets.get(issuer);
    if (known) return known;
    const made = createRemoteJWKSet(new URL(`${issuer}/keys`), {
      timeoutDuration: KEYS_TIMEOUT_MS,
      cooldownDuration: 0,
    });
    this.keySets.set(issuer, made);
    return made;
  }
}
