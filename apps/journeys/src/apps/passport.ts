/* eslint-disable max-params -- Passport tells verifiers apart by how many parameters they have */
import express from 'express';
import session from 'express-session';
import passport from 'passport';
import OpenIDConnectStrategy from 'passport-openidconnect';
import type { System } from '../system.js';
import { Visitor } from '../visitor.js';
import type { Seen } from './certified.js';
import { issuerOf, listen, register, signInThrough, signOutAt } from './register.js';

type Kept = Readonly<{ sub: string; idToken: string; accessToken: string; refreshToken: string }>;
type Client = Readonly<{ _oauth2: { getOAuthAccessToken: (code: string, params: object, done: Done) => void } }>;
type Done = (
  ...answer: [error: unknown, accessToken: string, refreshToken: string, more: { id_token?: string }]
) => void;

/** Refreshes as `passport-oauth2-refresh` does: by the OAuth client inside the strategy. */
const refresh = (strategy: unknown, token: string) =>
  new Promise<{ accessToken: string; idToken: string }>((resolve, reject) =>
    (strategy as Client)._oauth2.getOAuthAccessToken(
      token,
      { grant_type: 'refresh_token' },
      (...[error, accessToken, , answer]) =>
        error ? reject(new Error(JSON.stringify(error))) : resolve({ accessToken, idToken: answer.id_token ?? '' }),
    ),
  );

const subOf = (idToken: string): string =>
  (JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()) as { sub: string }).sub;

/** An Express app with `passport-openidconnect`: no PKCE there, so the nonce binds the code. */
export async function withPassport(system: System): Promise<Seen> {
  const app = express();
  const server = await listen(app);
  try {
    const issuer = issuerOf(system);
    const bye = `${server.url}/bye`;
    const client = await register(system, {
      client_name: 'With Passport',
      redirect_uris: [`${server.url}/cb`],
      post_logout_redirect_uris: [bye],
    });
    const strategy = strategyFor(issuer, server.url, client);
    const authenticator = new passport.Passport();
    authenticator.use('bayway', strategy);
    authenticator.serializeUser((user, done) => done(null, user));
    authenticator.deserializeUser((user: Express.User, done) => done(null, user));
    app.use(session({ secret: 'a secret of this test', resave: false, saveUninitialized: false }));
    app.use(authenticator.session());
    app.get('/in', authenticator.authenticate('bayway') as express.Handler);
    app.get('/cb', authenticator.authenticate('bayway', { successRedirect: '/me' }) as express.Handler);
    app.get('/me', (request, response) => void response.json(request.user ?? null));
    app.get('/bye', (_request, response) => void response.send('bye'));
    const visitor = new Visitor();
    const me = await signInThrough(visitor, await visitor.open(`${server.url}/in`));
    const kept = JSON.parse(me.html) as Kept;
    const renewed = await refresh(strategy, kept.refreshToken);
    const end = `${issuer}/session/end?${new URLSearchParams({ id_token_hint: kept.idToken, post_logout_redirect_uri: bye })}`;
    return {
      sub: kept.sub,
      refreshedSub: subOf(renewed.idToken),
      accessTokens: [kept.accessToken, renewed.accessToken],
      signedOutAt: new URL((await signOutAt(visitor, end)).url).pathname,
    };
  } finally {
    await server.stop();
  }
}

const strategyFor = (issuer: string, url: string, client: { client_id: string; client_secret?: string }) =>
  new OpenIDConnectStrategy(
    {
      issuer,
      authorizationURL: `${issuer}/auth`,
      tokenURL: `${issuer}/token`,
      userInfoURL: `${issuer}/me`,
      clientID: client.client_id,
      clientSecret: client.client_secret ?? '',
      callbackURL: `${url}/cb`,
      nonce: 'yes',
    },

    (
      _issuer: string,
      profile: passport.Profile,
      _context: object,
      idToken: string | object,
      accessToken: string | object,
      refreshToken: string,
      done: (error: unknown, user?: object) => void,
    ) => done(null, { sub: profile.id, idToken, accessToken, refreshToken }),
  );
