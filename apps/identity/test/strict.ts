import { randomBytes, randomUUID, createHash } from 'node:crypto';
import { exportJWK, generateKeyPair, SignJWT, type JWTHeaderParameters } from 'jose';
import { appKey, fapiMetadata, register, type AppKey, type Registered } from './app.js';
import { REDIRECT_URI } from './partner.js';
import type { Side } from './world.js';

export type Answered = Readonly<{ status: number; body: Record<string, string> }>;
export type Over = Readonly<Record<string, string | undefined>>;
type Sent = Readonly<{ assertion?: string; dpop?: string | null }>;

const now = (): number => Math.floor(Date.now() / 1000);

/** A client under FAPI 2.0 that writes every message itself, right or wrong. */
export class Strict {
  readonly verifier = randomBytes(32).toString('base64url');

  private constructor(
    readonly side: Side,
    readonly client: Registered,
    private readonly key: AppKey,
    private readonly proofPair: Awaited<ReturnType<typeof generateKeyPair>>,
  ) {}

  static async at(side: Side): Promise<Strict> {
    const key = await appKey();
    const proofPair = await generateKeyPair('ES256', { extractable: true });
    return new Strict(side, await register(side, fapiMetadata(key)), key, proofPair);
  }

  get id(): string {
    return this.client.client_id;
  }

  /** A client assertion (RFC 7523); a claim of undefined is left out. */
  assertion(over: Record<string, unknown> = {}, header: Partial<JWTHeaderParameters> = {}): Promise<string> {
    const claims = {
      iss: this.id,
      sub: this.id,
      aud: this.side.issuer,
      jti: randomUUID(),
      iat: now(),
      exp: now() + 60,
    };
    return new SignJWT(JSON.parse(JSON.stringify({ ...claims, ...over })) as Record<string, unknown>)
      .setProtectedHeader({ alg: 'ES256', kid: this.key.kid, ...header })
      .sign(this.key.key);
  }

  /** A DPoP proof (RFC 9449). */
  async proof(path: string, over: Record<string, unknown> = {}, header: Record<string, unknown> = {}): Promise<string> {
    const jwk = await exportJWK(this.proofPair.publicKey);
    const claims = { htm: 'POST', htu: `${this.side.issuer}${path}`, jti: randomUUID(), iat: now() };
    return new SignJWT(JSON.parse(JSON.stringify({ ...claims, ...over })) as Record<string, unknown>)
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
      .sign(this.proofPair.privateKey);
  }

  async post(path: string, body: Over | string, { assertion, dpop }: Sent = {}): Promise<Answered> {
    const proof = dpop === undefined ? await this.proof(path) : dpop;
    const auth = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: assertion ?? (await this.assertion()),
    };
    const all = typeof body === 'string' ? [] : Object.entries({ ...auth, ...body });
    const given = all.filter(([, value]) => value !== undefined) as [string, string][];
    const text =
      typeof body === 'string'
        ? `${new URLSearchParams(auth).toString()}&${body}`
        : `${new URLSearchParams(given).toString()}`;
    const response = await fetch(`${this.side.issuer}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', ...(proof ? { dpop: proof } : {}) },
      body: text,
    });
    const answer = await response.text();
    return {
      status: response.status,
      body: answer.startsWith('{') ? (JSON.parse(answer) as Record<string, string>) : {},
    };
  }

  /** Parameters of an authorization request, whole and right. */
  get parameters(): Record<string, string> {
    return {
      client_id: this.id,
      response_type: 'code',
      redirect_uri: REDIRECT_URI,
      scope: 'openid',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      nonce: 'n',
      state: 's',
    };
  }

  push(over: Over = {}, sent: Sent = {}): Promise<Answered> {
    return this.post('/request', { ...this.parameters, ...over }, sent);
  }

  authUrl(requestUri: string, clientId = this.id): string {
    return `${this.side.issuer}/auth?${new URLSearchParams({ client_id: clientId, request_uri: requestUri }).toString()}`;
  }

  redeem(code: string, over: Over = {}, sent: Sent = {}): Promise<Answered> {
    const body = { grant_type: 'authorization_code', code, code_verifier: this.verifier, redirect_uri: REDIRECT_URI };
    return this.post('/token', { ...body, ...over }, sent);
  }
}
