import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@bayway/contracts';
import type { Language } from '@bayway/domain';
import { z } from 'zod';
import { personOf } from './city-claims.js';
import type { CityStyle, CityWish, Expected } from './city-style.js';
import { SignedCalls } from './signed-calls.js';
import type { City } from './upstreams.js';

const LANG: Readonly<Record<Language, string>> = { 'zh-Hant': 'zh-HK', 'zh-Hans': 'zh-CN', pt: 'pt', en: 'en-US' };

const DONE = 'D00000';
/** She went away. */
const CANCELLED = 'D40000';

const Token = z.object({
  code: z.literal(DONE),
  content: z.object({
    accessToken: z.string().max(200),
    /** The account's name for this service only. */
    openID: z.string().min(1).max(200),
    /** 1: iAM Smart, 2: iAM Smart+. */
    userType: z.enum(['1', '2']),
    authTime: z.int(),
  }),
});
const Profile = z.object({
  code: z.literal(DONE),
  content: z.object({
    enName: z.string().max(120),
    chName: z.string().max(120).nullish(),
    birthDate: z.iso.date().optional(),
    idNo: z.string().max(32).optional(),
  }),
});

/** A city like Hong Kong with iAM Smart: an OAuth code, an account identifier per service, attributes by a second call. */
@Injectable()
export class IamSmartCity implements CityStyle {
  constructor(@Inject(SignedCalls) private readonly calls: SignedCalls) {}

  async authorizationUrl(city: City, { state }: Expected, { level, language, freshness }: CityWish): Promise<URL> {
    await this.calls.reach(city);
    const url = new URL(`${city.issuer}/api/v1/auth/getQR`);
    // It knows no age of a sign-in: who wants a recent one gets a new one.
    const again = freshness.again || freshness.maxAge !== null;
    const query = {
      clientID: city.clientId,
      responseType: 'code',
      redirectURI: this.calls.redirectUri(city),
      state,
      scope: 'eidapi_auth eidapi_profiles',
      lang: LANG[language],
      minUserType: level >= 3 ? '2' : '1',
      reAuth: String(again),
    };
    url.search = new URLSearchParams(query).toString();
    return url;
  }

  async redeem(city: City, _expected: Expected, callback: URL) {
    const code = codeIn(city, callback);
    const token = Token.safeParse(
      await this.calls.call(city, '/api/v1/auth/getToken', { code, redirectURI: this.calls.redirectUri(city) }),
    );
    if (!token.success) throw new DomainError('city-untrusted', { city: city.id });
    const { accessToken, openID, userType, authTime } = token.data.content;
    const profile = Profile.safeParse(await this.calls.call(city, '/api/v1/account/profile', { accessToken }));
    if (!profile.success) throw new DomainError('city-untrusted', { city: city.id });
    const { enName, chName, birthDate, idNo } = profile.data.content;
    return personOf(city, {
      sub: openID,
      name: chName ?? enName,
      name_latin: enName,
      birthdate: birthDate,
      documents: idNo === undefined ? [] : [{ kind: 'hkid', number: idNo }],
      acr: userType === '2' ? 'iamsmart-plus' : 'iamsmart',
      auth_time: authTime,
    });
  }
}

function codeIn({ id: city }: City, { searchParams }: URL): string {
  const [code, error] = [searchParams.get('code'), searchParams.get('error_code')];
  if (code && !error) return code;
  throw new DomainError('city-declined', { city, reason: error === CANCELLED ? 'access_denied' : 'server_error' });
}
