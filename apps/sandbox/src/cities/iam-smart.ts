import { Router } from 'express';
import { z } from 'zod';
import { backTo, openIdOf, PlainDesk, type SignedIn } from './plain-desk.js';
import type { SignedCalls } from './signed-calls.js';
import type { StyleParts } from './styles.js';

const Query = z.object({
  clientID: z.string().max(100),
  responseType: z.literal('code'),
  redirectURI: z.url().max(300),
  state: z.string().max(200),
  scope: z.string().max(200).default('eidapi_auth'),
  lang: z.string().max(20).optional(),
  /** The user type that is needed: 2 is iAM Smart+. */
  minUserType: z.enum(['1', '2']).default('1'),
  /** Re-authentication: a session from before does not suffice. */
  reAuth: z.enum(['true', 'false']).default('false'),
});

const GetToken = z.object({ code: z.string().max(100), redirectURI: z.string().max(300) });
const GetProfile = z.object({ accessToken: z.string().max(100) });

const OK = { code: 'D00000', message: 'SUCCESS' };
const BAD_CODE = { code: 'D20001', message: 'authorisation code is not valid' };
const BAD_TOKEN = { code: 'D30001', message: 'access token is not valid' };
const CANCELLED = 'D40000';

/**
 * A sign-in like Hong Kong's: an OAuth code for a page in the browser, then two calls: a token with an account identifier
 * made for the one service, and the attributes that go with it. Names of paths and members follow the published
 * description; how calls are signed is the sandbox's own (`SignedCalls`).
 */
export function iamSmartRoutes({ city, secret }: StyleParts, calls: SignedCalls): { router: Router; desk: PlainDesk } {
  const tokens = new Map<string, SignedIn>();
  const desk = new PlainDesk(city, {
    signedIn: (arrival, code) => backTo(arrival, { code }),
    cancelled: (arrival) => backTo(arrival, { error_code: CANCELLED }),
  });
  const router = Router();

  router.get('/api/v1/auth/getQR', (req, res) => {
    const read = Query.safeParse(req.query);
    const client = read.success ? calls.clientOf(read.data.clientID) : undefined;
    if (!read.success || !client?.redirect_uris.includes(read.data.redirectURI)) {
      res.status(400).json({ code: 'D10001', message: 'request is not valid' });
      return;
    }
    const { clientID, redirectURI, state, minUserType, reAuth, lang } = read.data;
    const acrs = minUserType === '2' ? ['iamsmart-plus'] : [];
    const arrival = { clientId: clientID, redirectUri: redirectURI, state, acrs, again: reAuth === 'true' };
    res.redirect(303, desk.arrive(req, res, { ...arrival, uiLocales: lang }));
  });

  router.post(
    '/api/v1/auth/getToken',
    ...calls.handle(({ client, claims }) => {
      const read = GetToken.safeParse(claims);
      const by = { clientId: client.client_id, redirectUri: read.data?.redirectURI ?? '' };
      const issued = read.success ? desk.redeem(read.data.code, by) : null;
      if (!issued) return BAD_CODE;
      const accessToken = openIdOf(secret, client.client_id, `${String(claims.jti)} ${issued.at}`);
      tokens.set(accessToken, issued);
      const openID = openIdOf(secret, client.client_id, issued.who.account.sub);
      const userType = issued.acr === 'iamsmart-plus' ? '2' : '1';
      return { ...OK, content: { accessToken, openID, userType, authTime: issued.at, expiresIn: 60 } };
    }),
  );

  router.post(
    '/api/v1/account/profile',
    ...calls.handle(({ claims }) => {
      const read = GetProfile.safeParse(claims);
      const signedIn = read.success ? tokens.get(read.data.accessToken) : undefined;
      if (!read.success || !signedIn) return BAD_TOKEN;
      tokens.delete(read.data.accessToken);
      const { person, account } = signedIn.who;
      const idNo = account.documents.find(({ kind }) => kind === 'hkid')?.number;
      const content = { enName: person.name.latin, chName: person.name.zh, birthDate: person.bornOn, idNo };
      return { ...OK, content };
    }),
  );
  return { router, desk };
}
