import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import { valuesFrom, type DocumentKind } from '@bayway/domain';
import { z } from 'zod';
import { personOf } from './city-claims.js';
import type { CityStyle, CityWish, Expected } from './city-style.js';
import { SignedCalls } from './signed-calls.js';
import type { City } from './upstreams.js';

/** The platform's codes of documents. */
const CERTIFICATES: Readonly<Record<string, DocumentKind>> = {
  '10': 'resident-identity-card',
  '20': 'home-return-permit',
  '30': 'residence-permit',
};

const LOWEST = 2;

const Validated = z.object({
  errcode: z.literal('ok'),
  /** Trust level of this sign-in. */
  level: z.int().min(LOWEST).max(5),
  loginTime: z.int(),
  user: z.object({
    uid: z.string().min(1).max(200),
    name: z.string().min(1).max(120),
    englishName: z.string().max(120).optional(),
    birthday: z.iso.date().optional(),
    certificates: z.array(z.object({ type: z.string().max(4), number: z.string().max(32) })).max(10),
  }),
});

/** A city on a platform like Guangdong's: she comes back with a ticket, exchanged once for who she is and a level 2 to 5. */
@Injectable()
export class TicketCity implements CityStyle {
  constructor(@Inject(SignedCalls) private readonly calls: SignedCalls) {}

  async authorizationUrl(city: City, { state }: Expected, { level, language, freshness }: CityWish): Promise<URL> {
    await this.calls.reach(city);
    const url = new URL(`${city.issuer}/sso/login`);
    const [weakest = ''] = valuesFrom(city.city.acr_scheme, level);
    // It knows no age of a sign-in: who wants a recent one gets a new one.
    const again = freshness.again || freshness.maxAge !== null;
    const query = {
      appid: city.clientId,
      service: this.calls.redirectUri(city),
      state,
      level: String(trustLevel(weakest)),
      renew: String(again),
      locale: language,
    };
    url.search = new URLSearchParams(query).toString();
    return url;
  }

  async redeem(city: City, _expected: Expected, callback: URL) {
    const ticket = callback.searchParams.get('ticket');
    const cancelled = callback.searchParams.get('errcode') === 'cancelled';
    if (!ticket) {
      const reason = cancelled ? 'access_denied' : 'server_error';
      throw new DomainError('city-declined', { city: city.id, reason });
    }
    const service = this.calls.redirectUri(city);
    const validated = Validated.safeParse(await this.calls.call(city, '/sso/validate', { ticket, service }));
    if (!validated.success) throw new DomainError('city-untrusted', { city: city.id });
    const { level, loginTime, user } = validated.data;
    return personOf(city, {
      sub: user.uid,
      name: user.name,
      name_latin: user.englishName,
      birthdate: user.birthday,
      documents: user.certificates.flatMap(({ type, number }) => {
        const kind = CERTIFICATES[type];
        return kind ? [{ kind, number }] : [];
      }),
      acr: `gd-${level}`,
      auth_time: loginTime,
    });
  }
}

/** The platform's number of a value of the scheme; the lowest for any. */
const trustLevel = (value: string): number => Number(/^gd-([2-5])$/.exec(value)?.[1] ?? LOWEST);
