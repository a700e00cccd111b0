import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { valuesFrom } from '@bayway/domain';
import * as oc from 'openid-client';
import { personOf } from './city-claims.js';
import type { CityStyle, CityWish, Expected } from './city-style.js';
import { RelyingParty } from './relying-party.js';
import type { City } from './upstreams.js';

/** A city that is an OpenID provider: PAR, DPoP and `private_key_jwt` as far as its metadata has them. */
@Injectable()
export class OidcCity implements CityStyle {
  constructor(@Inject(RelyingParty) private readonly relyingParty: RelyingParty) {}

  async authorizationUrl(upstream: City, expected: Expected, wish: CityWish): Promise<URL> {
    const acrs = valuesFrom(upstream.city.acr_scheme, wish.level);
    const { again, maxAge } = wish.freshness;
    const parameters = {
      scope: 'openid profile documents',
      claims: JSON.stringify({ id_token: { acr: null, auth_time: { essential: true } } }),
      ui_locales: wish.language,
      ...(acrs.length > 0 ? { acr_values: acrs.join(' ') } : {}),
      ...(again ? { prompt: 'login' } : {}),
      ...(maxAge === null ? {} : { max_age: String(maxAge) }),
    };
    try {
      return await this.relyingParty.authorizationUrl(upstream, expected, parameters);
    } catch (cause) {
      throw new DomainError('city-unavailable', { city: upstream.id }, { cause });
    }
  }

  async redeem(upstream: City, expected: Expected, callback: URL) {
    const { claims } = await this.relyingParty.redeem(upstream, expected, callback).catch((cause: unknown) => {
      throw failureOf(upstream, cause);
    });
    return personOf(upstream, claims);
  }
}

/** Codes of `openid-client` for an answer that came, but does not hold. */
const UNTRUSTED = /^OAUTH_(INVALID_RESPONSE|JWT_|KEY_SELECTION|ATTRIBUTE_COMPARISON|JSON_ATTRIBUTE|UNSUPPORTED|PARSE)/;

function failureOf({ id: city }: City, cause: unknown): DomainError {
  if (cause instanceof oc.AuthorizationResponseError)
    return new DomainError('city-declined', { city, reason: cause.error }, { cause });
  const { code } = cause as { code?: unknown };
  const untrusted = typeof code === 'string' && UNTRUSTED.test(code);
  return new DomainError(untrusted ? 'city-untrusted' : 'city-unavailable', { city }, { cause });
}
