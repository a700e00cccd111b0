import { Inject, Injectable } from '@nestjs/common';
import type { CityUpstream } from '../config.js';
import type { VerifiedPerson } from '../residents/residents.service.js';
import type { CityStyle, CityWish, Expected } from './city-style.js';
import { IamSmartCity } from './iam-smart-city.js';
import { OidcCity } from './oidc-city.js';
import { TicketCity } from './ticket-city.js';
import type { City } from './upstreams.js';

/** The cities, each spoken to in its own style. */
@Injectable()
export class Cities implements CityStyle {
  @Inject(OidcCity) private readonly oidc!: OidcCity;
  @Inject(IamSmartCity) private readonly iamSmart!: IamSmartCity;
  @Inject(TicketCity) private readonly ticket!: TicketCity;

  authorizationUrl(city: City, expected: Expected, wish: CityWish): Promise<URL> {
    return this.styleOf(city).authorizationUrl(city, expected, wish);
  }

  redeem(city: City, expected: Expected, callback: URL): Promise<VerifiedPerson> {
    return this.styleOf(city).redeem(city, expected, callback);
  }

  private styleOf({ city }: City): CityStyle {
    const styles: Record<CityUpstream['style'], CityStyle> = {
      oidc: this.oidc,
      'iam-smart': this.iamSmart,
      ticket: this.ticket,
    };
    return styles[city.style];
  }
}
