import { randomUUID } from 'node:crypto';
import { audienceOf, type DataRequestView, type Problem } from '@bayway/contracts';
import { EnrichedDetail, type RoutedDetail } from '@bayway/domain';
import { digestOf, epochSeconds, newKey, randomName, sign, type PrivateKey } from '@bayway/envelope';
import { importJWK, SignJWT } from 'jose';
import type { Side, World } from './world.js';

/** An access token and the key it is bound to. */
export type Token = Readonly<{ text: string; key: PrivateKey }>;
type Sent = { token?: Token | null; body?: unknown; headers?: Record<string, string>; proof?: string };
export type Reply = Readonly<{ status: number; body: DataRequestView & Problem; headers: Headers; bytes: Buffer }>;

/** The detail as it stands in the access token once she has agreed. */
export const enrich = (detail: RoutedDetail, over: Record<string, unknown> = {}): EnrichedDetail =>
  EnrichedDetail.parse({ ...detail, consent_id: randomUUID(), subject_handle: randomName(), ...over });

/** A partner app of Hong Kong, as it uses the broker: with tokens of its OP, DPoP proofs and signed requests. */
export class Partner {
  constructor(
    private readonly world: World,
    private readonly side: Side,
    readonly id = 'tsing-wan-bank',
  ) {}

  /** An access token of `hk` for its broker, naming one record. */
  async token(detail: EnrichedDetail | null, over: Record<string, unknown> = {}): Promise<Token> {
    const key = await newKey('sig');
    const signer = this.world.trust.key('hk/identity', 'oidc');
    const claims = {
      ...{ client_id: this.id, scope: 'openid data', jti: randomUUID(), cnf: { jkt: key.kid } },
      ...{ iss: 'http://hk-identity.test', sub: randomUUID(), aud: audienceOf('hk', 'broker') },
      ...(detail ? { authorization_details: [detail] } : {}),
      ...over,
    };
    const text = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signer.kid })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(signer.jwk, 'ES256'));
    return { text, key };
  }

  /** The signed request for one fetch. */
  signedRequest(
    detail: EnrichedDetail,
    over: Record<string, unknown> = {},
    owner = `hk/participant/${this.id}`,
  ): Promise<string> {
    const iat = epochSeconds(new Date());
    const { request_id, dataset, exporter, holder, items, purpose, recipient_key, consent_id, subject_handle } = detail;
    const { data_range, retention_until, mode } = detail;
    const limits = { ...(data_range ? { data_range } : {}), retention_until, ...(mode === 'transfer' ? {} : { mode }) };
    const named = { request_id, dataset, exporter, holder, items, purpose, recipient_key, consent_id, subject_handle };
    const head = { iss: this.id, aud: audienceOf('hk', 'broker'), jti: randomUUID(), iat, exp: iat + 120 };
    return sign(this.world.trust.key(owner, 'sig'), 'request', { ...head, ...named, ...limits, ...over });
  }

  async proof(token: Token, call: { method: string; path: string; iat?: number }): Promise<string> {
    return new SignJWT({
      htm: call.method,
      htu: `http://hk-broker.test${call.path.split('?')[0]}`,
      jti: randomUUID(),
      ath: digestOf(token.text),
    })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...token.key.publicKey } })
      .setIssuedAt(call.iat)
      .sign(await importJWK(token.key.jwk, 'ES256'));
  }

  async call(method: string, path: string, { token, body, headers = {}, proof }: Sent = {}): Promise<Reply> {
    const authorised: Record<string, string> = token
      ? { authorization: `DPoP ${token.text}`, dpop: proof ?? (await this.proof(token, { method, path })) }
      : {};
    const typed: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(new URL(path, this.side.running.url), {
      method,
      headers: { ...typed, ...authorised, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      body: (isJson ? JSON.parse(bytes.toString()) : {}) as Reply['body'],
      headers: response.headers,
      bytes,
    };
  }

  /** Posts a signed request; `wait` is in seconds. */
  post(
    signedRequest: string,
    { token, key = randomUUID(), wait = 10 }: { token: Token; key?: string; wait?: number },
  ): Promise<Reply> {
    const headers = { 'idempotency-key': key, ...(wait > 0 ? { prefer: `wait=${wait}` } : {}) };
    return this.call('POST', '/data-requests', { token, body: { signedRequest }, headers });
  }

  /** The recipient's signed receipt. */
  receipt(
    claims: { dataRequestId: string; ciphertextDigest: string },
    owner = `hk/participant/${this.id}`,
  ): Promise<string> {
    const made = {
      iss: this.id,
      jti: randomUUID(),
      iat: epochSeconds(new Date()),
      recordDigest: digestOf('record'),
      ...claims,
    };
    return sign(this.world.trust.key(owner, 'sig'), 'delivery', made);
  }
}

/** The code of a problem, from its type. */
export const problemCode = (reply: Reply): string => reply.body.type.split('/').at(-1) ?? '';
