import { Inject, Injectable } from '@nestjs/common';
import type { CityUpstream } from '../config.js';
import type { VerifiedPerson } from '../residents/residents.service.js';
import type { CityStyle, CityWish, Expected } from './city-style.js';
import { OidcCity } from './oidc-city.js';
import type { City } from './upstreams.js';

/** The cities, each spoken to in its own style. */
@Injectable()
export class Cities implements CityStyle {
  @Inject(OidcCity) private readonly oidc!: OidcCity;

  authorizationUrl(city: City, expected: Expected, wish: CityWish): Promise<URL> {
    return this.styleOf(city).authorizationUrl(city, expected, wish);
  }

  redeem(city: City, expected: Expected, callback: URL): Promise<VerifiedPerson> {
    return this.styleOf(city).redeem(city, expected, callback);
  }

  private styleOf({ city }: City): CityStyle {
    const styles = { oidc: this.oidc } satisfies Record<CityUpstream['style'], CityStyle>;
    return styles[city.style];
  }
}
