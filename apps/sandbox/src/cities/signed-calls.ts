import { text, type Request, type RequestHandler, type Response } from 'express';
import { createLocalJWKSet, decodeJwt, importJWK, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import type { City } from '@bayway/domain';
import { citySigningKey, type CityKey } from './keys.js';
import type { CityClient } from './clients.js';
import type { Faults } from './faults.js';
import type { CitySetUp } from './provider.js';

const USED_MOST = 10_000;
const LIFE_SECONDS = 60;

/** A verified call of a client, and how it is answered. */
export type Call = Readonly<{ client: CityClient; claims: JWTPayload }>;

/**
 * Calls from server to server in the styles that are not OpenID Connect: a JWS of the client (`iss`, `aud` = the address
 * called, `jti`, at most a minute old, used once), answered by a JWS of the city (`aud` = the client, `in_reply_to`).
 */
export class SignedCalls {
  private readonly used = new Set<string>();

  constructor(
    private readonly setUp: Pick<CitySetUp, 'base' | 'secret' | 'clients' | 'clientKeys'>,
    private readonly city: City,
    private readonly faults: Faults,
  ) {}

  get issuer(): string {
    return `${this.setUp.base}/${this.city.slug}`;
  }

  clientOf(id: unknown): CityClient | undefined {
    return this.setUp.clients.find(
      ({ client_id, cities }) => client_id === id && (cities?.includes(this.city.slug) ?? true),
    );
  }

  /** The key that signs, and those that are published: with a fault not the same, or not the usual ones. */
  private keys(): { signs: CityKey; published: CityKey[] } {
    const usual = citySigningKey(this.setUp.secret, this.city.slug);
    const next = citySigningKey(this.setUp.secret, `${this.city.slug} next`);
    switch (this.faults.at(this.city.slug)) {
      case 'wrong-signature':
        return { signs: { ...next, kid: usual.kid }, published: [usual] };
      case 'rotated-key':
        return { signs: next, published: [next] };
      case 'stale-metadata':
        return { signs: next, published: [usual] };
      default:
        return { signs: usual, published: [usual] };
    }
  }

  /** `GET /keys`. */
  readonly published: RequestHandler = (_req, res) => {
    res.json({ keys: this.keys().published.map(({ d: _private, ...key }) => key) });
  };

  /** A route that answers calls of this kind. */
  handle(answer: (call: Call) => Record<string, unknown>): RequestHandler[] {
    return [
      text({ type: 'application/jwt', limit: '16kb' }),
      async (req: Request, res: Response) => {
        const call = await this.verified(req).catch(() => null);
        if (!call) {
          res.status(401).json({ error: 'the call is not signed by a known client' });
          return;
        }
        const { signs } = this.keys();
        const signed = await new SignJWT({ ...answer(call), in_reply_to: call.claims.jti })
          .setProtectedHeader({ alg: 'ES256', kid: signs.kid, typ: 'city-answer+jwt' })
          .setIssuer(this.issuer)
          .setAudience(call.client.client_id)
          .setIssuedAt()
          .setExpirationTime(`${LIFE_SECONDS}s`)
          .sign(await importJWK(signs, 'ES256'));
        res.type('application/jwt').send(signed);
      },
    ];
  }

  private async verified(req: Request): Promise<Call> {
    const token = String(req.body);
    const client = this.clientOf(decodeJwt(token).iss);
    if (!client) throw new RangeError('unknown client');
    const keys = client.key_owner ? await this.setUp.clientKeys?.keysOf(client.key_owner) : client.jwks?.keys;
    const { payload } = await jwtVerify(token, createLocalJWKSet({ keys: [...(keys ?? [])] }), {
      algorithms: ['ES256'],
      typ: 'city-call+jwt',
      audience: `${this.setUp.base}${req.originalUrl}`,
      maxTokenAge: LIFE_SECONDS,
      requiredClaims: ['jti'],
    });
    const id = `${client.client_id} ${String(payload.jti)}`;
    if (this.used.has(id)) throw new RangeError('used before');
    this.used.add(id);
    if (this.used.size > USED_MOST) this.used.delete(this.used.values().next().value ?? '');
    return { client, claims: payload };
  }
}
