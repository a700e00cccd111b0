import { EnrichedDetail, levelOfAcr, type Jurisdiction } from '@bayway/domain';
import { audienceOf, DomainError, ROLES, signerOf, type ServiceName } from '@bayway/contracts';
import { digestOf, verify } from '@bayway/envelope';
import type { Request as HttpRequest } from 'express';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Keys } from './keys.js';
import type { Actor } from './request-context.js';

type Me = Readonly<{ jurisdiction: Jurisdiction; service: ServiceName; issuer: string; baseUrl: string }>;

/** Claims of an actor token: identity says that this resident acts, to one service, for a minute. */
export const ActorClaims = z.object({
  iss: z.string().max(60),
  aud: z.string().max(60),
  sub: z.uuid(),
  jti: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  level: z.int().min(1).max(4),
});
export type ActorClaims = z.infer<typeof ActorClaims>;

/** Roles we do not know are none. */
const Roles = z
  .array(z.string().max(60))
  .max(20)
  .catch([])
  .transform((names) => ROLES.filter((role) => names.includes(role)));

const Details = z.array(EnrichedDetail).max(1).catch([]);

/** Checks the tokens that callers bring: access tokens of our own identity service (RFC 9068, RFC 9449) and actor tokens. */
export class TokenVerifier {
  constructor(
    private readonly me: Me,
    private readonly keys: Keys,
    private readonly db: DataSource,
  ) {}

  /** Verifies a DPoP-bound access token and its proof; a proof counts once across all instances. */
  async verifyAccessToken(request: HttpRequest): Promise<Actor> {
    const authorization = request.headers.authorization;
    if (!authorization) throw new DomainError('token-missing');
    if (typeof request.headers.dpop !== 'string')
      throw new DomainError('dpop-proof-invalid', { detail: 'a `DPoP` header is needed' });
    await this.keys.directoryFor(authorization.split(' ')[1] ?? '');
    const claims = await this.validate(request);
    await this.useProofOnce(request.headers.dpop);
    return {
      subject: claims.sub,
      clientId: claims.client_id,
      scopes: (claims.scope ?? '').split(' '),
      roles: Roles.parse(claims['roles']),
      level: levelOfAcr(claims['acr'] as string | undefined) ?? 1,
      details: Details.parse(claims.authorization_details ?? []),
    };
  }

  private async validate(request: HttpRequest): Promise<oauth.JWTAccessTokenClaims> {
    const headers = { authorization: request.headers.authorization ?? '', dpop: String(request.headers.dpop ?? '') };
    const url = new URL(request.originalUrl, this.me.baseUrl);
    const audience = audienceOf(this.me.jurisdiction, this.me.service);
    try {
      return await oauth.validateJwtAccessToken(
        this.server(),
        new Request(url, { method: request.method, headers }),
        audience,
        {
          requireDPoP: true,
          signingAlgorithms: ['ES256'],
          [oauth.customFetch]: () => Promise.resolve(this.jwks()),
        },
      );
    } catch (error) {
      throw this.problemOf(error, request);
    }
  }

  /** The keys come from the key directory, never from the network; a fresh object, so that a rotation is seen at once. */
  private server(): oauth.AuthorizationServer {
    return { issuer: this.me.issuer, jwks_uri: 'https://key-directory.invalid/jwks' };
  }

  private jwks(): Response {
    const owner = signerOf(this.me.jurisdiction, 'identity');
    const keys = this.keys.current().keysOf(owner, 'oidc', new Date());
    return Response.json({ keys: keys.map(({ kid, key }) => ({ ...key, kid, use: 'sig', alg: 'ES256' })) });
  }

  private problemOf(error: unknown, request: HttpRequest): DomainError {
    if (this.namesAnotherAudience(request)) return new DomainError('token-audience-mismatch', {}, { cause: error });
    const message = error instanceof Error ? error.message : '';
    const aboutProof = /dpop|proof|confirmation/i.test(message);
    return new DomainError(aboutProof ? 'dpop-proof-invalid' : 'token-invalid', {}, { cause: error });
  }

  private namesAnotherAudience(request: HttpRequest): boolean {
    try {
      const { aud } = decodeJwt((request.headers.authorization ?? '').split(' ')[1] ?? '');
      return ![aud].flat().includes(audienceOf(this.me.jurisdiction, this.me.service));
    } catch {
      return false;
    }
  }

  private async useProofOnce(proof: string): Promise<void> {
    const { jti } = decodeJwt(proof);
    const rows: unknown[] = await this.db.query(
      "insert into dpop_proof (proof, expires_at) values ($1, now() + interval '10 minutes') on conflict do nothing returning proof",
      [digestOf(`${jti}\n${proof.split('.')[0]}`)],
    );
    if (rows.length === 0) throw new DomainError('dpop-proof-replayed');
  }

  /** Verifies an actor token that identity issued for this service. */
  async verifyActorToken(token: string): Promise<Actor> {
    if (!token) throw new DomainError('token-missing');
    const by = signerOf(this.me.jurisdiction, 'identity');
    const trust = { keys: await this.keys.directoryFor(token), at: new Date() };
    const claims = await verify(token, { type: 'actor', schema: ActorClaims, by, ...trust });
    if (claims.aud !== audienceOf(this.me.jurisdiction, this.me.service))
      throw new DomainError('token-audience-mismatch');
    return { subject: claims.sub, clientId: null, scopes: [], roles: [], level: claims.level, details: [] };
  }
}
