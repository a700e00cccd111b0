import { randomUUID } from 'node:crypto';
import { activateConsent, audienceOf, composeAsk, decideAsk } from '@bayway/contracts';
import type { RoutedDetail } from '@bayway/domain';
import { digestOf, newKey, type PrivateKey } from '@bayway/envelope';
import { calculateJwkThumbprint, importJWK, SignJWT } from 'jose';
import type { z } from 'zod';
import { newActs, newDetail, newHandle } from './factories.js';
import type { World } from './world.js';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH';
type Composed = Extract<z.infer<typeof composeAsk.answer>, { outcome: 'ask' }>;

/** One resident: her actor token, her portal's access token, and the way from an ask to a consent. */
export class Resident {
  readonly id = randomUUID();
  readonly subject = { kind: 'person' as const, id: this.id as never };
  private readonly handles = new Map<string, string>();
  private caller: Promise<{ key: PrivateKey; token: string }> | undefined;

  constructor(readonly world: World) {}

  /** Her handle in the request of one ask. */
  handleFor(askId: string): string {
    const handle = this.handles.get(askId) ?? newHandle();
    this.handles.set(askId, handle);
    return handle;
  }

  /** How identity names her in acts of one ask. */
  subjectIn({ askId }: { askId: string }) {
    return { kind: 'person' as const, handle: this.handleFor(askId) as never };
  }

  async compose(detail: RoutedDetail = newDetail(), over: Record<string, unknown> = {}): Promise<Composed> {
    const answer = await this.composeAny(detail, over);
    if (answer.outcome !== 'ask') throw new RangeError('refused');
    return answer;
  }

  async composeAny(detail: RoutedDetail, over: Record<string, unknown> = {}) {
    const body = {
      detail,
      subject: this.subject,
      facts: { kind: 'person' as const, bornOn: '1990-01-01' },
      displayName: 'Chan Mei Yee',
      level: 3,
      language: 'en' as const,
      ...over,
    };
    return this.world.bus.ask(composeAsk, body, { actor: await this.world.actorToken(this.id) });
  }

  async decide(body: Record<string, unknown>) {
    const subjectHandle = this.handleFor(String(body['askId']));
    const full: unknown = { optionalItems: [], subjectHandle, ...body };
    return this.world.bus.ask(decideAsk, full as z.input<typeof decideAsk.request>, {
      actor: await this.world.actorToken(this.id),
    });
  }

  /** From ask to a consent that waits for its code. */
  async pending(over: Record<string, unknown> = {}) {
    const detail = newDetail(over);
    const composed = await this.compose(detail);
    const subjectHandle = this.handleFor(composed.askId);
    const acts = await newActs(this.world.trust, composed, { subject: this.subjectIn(composed) });
    const { consentId } = await this.decide({ askId: composed.askId, acts, subjectHandle });
    return { consentId, subjectHandle, detail, composed };
  }

  /** From ask to a consent in force. */
  async consent(over: Record<string, unknown> = {}) {
    const consent = await this.pending(over);
    const { consentId, detail } = consent;
    await this.world.bus.ask(activateConsent, { consentId, flowId: detail.request_id });
    return consent;
  }

  /** Calls a route of the portal with her DPoP-bound token; `over` changes its claims. */
  async call(method: Method, path: string, over: Record<string, unknown> = {}, sent?: unknown) {
    this.caller ??= this.signIn();
    const caller = Object.keys(over).length > 0 ? await this.signIn(over) : await this.caller;
    const htu = `http://cn-consent.test${path.split('?')[0]}`;
    const proof = await new SignJWT({ htm: method, htu, jti: randomUUID(), ath: digestOf(caller.token) })
      .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk: { ...caller.key.publicKey } })
      .setIssuedAt()
      .sign(await importJWK(caller.key.jwk, 'ES256'));
    const typed: Record<string, string> = sent === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${this.world.service.url}${path}`, {
      method,
      headers: { authorization: `DPoP ${caller.token}`, dpop: proof, ...typed },
      ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
    });
    const text = await response.text();
    const isJson = /json/.test(response.headers.get('content-type') ?? '');
    const body = (isJson ? JSON.parse(text) : {}) as Record<string, never>;
    return { status: response.status, body, text, headers: response.headers };
  }

  private async signIn(over: Record<string, unknown> = {}) {
    const key = await newKey('sig');
    const signer = this.world.trust.key('cn/identity', 'oidc');
    const jkt = await calculateJwkThumbprint(key.publicKey);
    const claims = { client_id: 'console', scope: 'openid consent', jti: randomUUID(), cnf: { jkt } };
    const named = { iss: 'http://cn-identity.test', sub: this.id, aud: audienceOf('cn', 'consent') };
    const token = await new SignJWT({ ...named, ...claims, acr: 'urn:bayway:loa:3', ...over })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: signer.kid })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(signer.jwk, 'ES256'));
    return { key, token };
  }
}
