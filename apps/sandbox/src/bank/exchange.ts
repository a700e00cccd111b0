import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompactSign, compactDecrypt, compactVerify, decodeProtectedHeader } from 'jose';
import * as oidc from 'openid-client';
import { z } from 'zod';
import { fingerprint, type Carried } from './carried.js';
import { sha256, signingKeyOf } from './key-directory.js';
import { isUnreached, outcomeOfProblem, outcomeOfView, type Outcome } from './outcome.js';
import type { BankSettings } from './settings.js';
import type { BankClient, Grant } from './sign-in.js';

const View = z.object({
  id: z.uuid(),
  state: z.enum(['sent', 'ready', 'delivered', 'receipted', 'refused', 'failed', 'expired', 'cancelled', 'ended']),
  refusal: z.unknown(),
  problem: z.string().nullable(),
  record: z.object({ ciphertextDigest: z.string() }).nullable(),
});
type View = z.infer<typeof View>;

/** A record as the holder signed it. */
export const Report = z.object({
  iss: z.string(),
  iat: z.number(),
  sub: z.string(),
  requestDigest: z.string(),
  consentId: z.string(),
  dataset: z.string(),
  items: z.record(z.string(), z.unknown()),
  left_out: z.array(z.object({ item: z.string(), rule: z.string() })).default([]),
  conditions: z.array(z.object({ code: z.string(), due: z.string().optional() })).default([]),
});
export type Report = z.infer<typeof Report>;

/** A report that was decrypted and verified, and how. */
export type Received = Readonly<{
  report: Report;
  signer: string;
  kid: string;
  ciphertextDigest: string;
  recordDigest: string;
}>;

export type ExchangeResult = Readonly<{ received: Received } | { outcome: Outcome }>;

/** What goes with a call: a JSON body, and the name under which a repetition is known. */
type Sent = Readonly<{ body?: object; key?: string }>;

const POLL_MS = 250;
const RETRY_MS = 30_000;
const PATIENCE_MS = 90_000;
/** Well under the five minutes that brokers accept at most. */
const REQUEST_LIFE_SECONDS = 240;

const now = (): number => Math.floor(Date.now() / 1_000);

/** One fetch of a record: signed request, waiting, decryption, verification, receipt. */
export class Exchange {
  constructor(
    private readonly settings: BankSettings,
    private readonly client: BankClient,
    private readonly under: Readonly<{ grant: Grant; carried?: Carried | undefined }>,
  ) {}

  private get grant(): Grant {
    return this.under.grant;
  }

  async run(): Promise<ExchangeResult> {
    const signedRequest = await this.signedRequest();
    const made = await this.call('POST', '/data-requests', {
      body: { signedRequest },
      key: randomUUID(),
    });
    if (!made.ok) return { outcome: await outcomeOfProblem(made) };
    const settled = await this.settled(View.parse(await made.json()));
    if ('outcome' in settled) return settled;
    const fetched = await this.call('GET', `/data-requests/${settled.view.id}/record`);
    if (!fetched.ok) return { outcome: await outcomeOfProblem(fetched) };
    const received = await this.open(await fetched.text(), sha256(signedRequest));
    const receipt = await this.receipt(settled.view.id, received);
    const acknowledged = await this.call('POST', `/data-requests/${settled.view.id}/receipt`, { body: { receipt } });
    if (!acknowledged.ok) return { outcome: await outcomeOfProblem(acknowledged) };
    return { received };
  }

  private async settled(first: View): Promise<{ view: View } | { outcome: Outcome }> {
    let view = first;
    const until = Date.now() + PATIENCE_MS;
    while (view.state === 'sent' && Date.now() < until) {
      await sleep(POLL_MS);
      const asked = await this.call('GET', `/data-requests/${view.id}`);
      if (!asked.ok) return { outcome: await outcomeOfProblem(asked) };
      view = View.parse(await asked.json());
    }
    if (view.state === 'sent')
      return { outcome: { code: 'no-answer-yet', title: 'The other side has not answered yet.' } };
    return view.state === 'ready' || view.state === 'delivered' ? { view } : { outcome: outcomeOfView(view) };
  }

  /** Calls the broker; asks again for a while when it does not answer. Every call may be repeated: the key stays the same. */
  private async call(method: 'GET' | 'POST', path: string, sent?: Sent): Promise<Response> {
    const until = Date.now() + RETRY_MS;
    for (;;) {
      const response = await this.callOnce(method, path, sent).catch((error: unknown) => {
        if (isUnreached(error) && Date.now() < until) return null;
        throw error;
      });
      if (response && (response.status !== 503 || Date.now() >= until)) return response;
      await sleep(2 * POLL_MS);
    }
  }

  private async callOnce(method: string, path: string, { body, key }: Sent = {}): Promise<Response> {
    const config = await this.client.configuration();
    const headers = new Headers(body && { 'content-type': 'application/json' });
    if (key) headers.set('idempotency-key', key);
    const { accessToken, dpop } = this.grant;
    const url = new URL(this.settings.broker + path);
    const text = body && JSON.stringify(body);
    return oidc
      .fetchProtectedResource(config, accessToken, url, method, text, headers, { DPoP: dpop })
      .catch((error: unknown) => {
        // The library throws for a challenge; its body is a problem as any other.
        if (error instanceof oidc.WWWAuthenticateChallengeError) return error.response;
        throw error;
      });
  }

  private sign(typ: string, claims: object): Promise<string> {
    const { key, kid } = this.settings.keys.sig;
    const bytes = new TextEncoder().encode(JSON.stringify(claims));
    return new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', typ, kid }).sign(key);
  }

  private signedRequest(): Promise<string> {
    const { detail } = this.grant;
    const iat = now();
    return this.sign('data-request+jwt', {
      iss: this.settings.participant,
      aud: this.settings.audience,
      jti: randomUUID(),
      iat,
      exp: iat + REQUEST_LIFE_SECONDS,
      request_id: detail.request_id,
      mode: detail.mode,
      ...(this.under.carried ? { carried: fingerprint(this.under.carried) } : {}),
      dataset: detail.dataset,
      exporter: detail.exporter,
      holder: detail.holder,
      items: detail.items,
      purpose: detail.purpose,
      data_range: detail.data_range,
      retention_until: detail.retention_until,
      recipient_key: detail.recipient_key,
      consent_id: detail.consent_id,
      subject_handle: detail.subject_handle,
    });
  }

  /** Decrypts with the bank's key, verifies the holder's signature, and checks that it is about what was asked. */
  private async open(ciphertext: string, requestDigest: string): Promise<Received> {
    const { detail } = this.grant;
    const { plaintext } = await compactDecrypt(ciphertext, this.settings.keys.enc.key, {
      keyManagementAlgorithms: ['ECDH-ES'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    const signed = new TextDecoder().decode(plaintext);
    const { kid = '', typ } = decodeProtectedHeader(signed);
    const source = this.settings.directories[detail.exporter];
    if (typ !== 'record+jwt' || !source)
      throw new Error('the record is of another type, or from nowhere the bank knows');
    const signer = `${detail.exporter}/participant/${detail.holder}`;
    const key = await signingKeyOf({ jurisdiction: detail.exporter, ...source }, signer, kid);
    const { payload } = await compactVerify(signed, key, { algorithms: ['ES256'] });
    const report = Report.parse(JSON.parse(new TextDecoder().decode(payload)));
    this.check(report, requestDigest);
    return { report, signer, kid, ciphertextDigest: sha256(ciphertext), recordDigest: sha256(signed) };
  }

  private check(report: Report, requestDigest: string): void {
    const { detail } = this.grant;
    const expected = [detail.holder, detail.subject_handle, requestDigest, detail.consent_id, detail.dataset];
    const found = [report.iss, report.sub, report.requestDigest, report.consentId, report.dataset];
    const expectedItems = this.under.carried ? ['match'] : detail.items;
    const items = Object.keys(report.items).every((item) => expectedItems.includes(item));
    if (!items || expected.some((value, i) => value !== found[i]))
      throw new Error('the record is not the one that was asked for');
  }

  private receipt(dataRequestId: string, { ciphertextDigest, recordDigest }: Received): Promise<string> {
    const about = { dataRequestId, ciphertextDigest, recordDigest };
    return this.sign('delivery-receipt+jwt', {
      iss: this.settings.participant,
      jti: randomUUID(),
      iat: now(),
      ...about,
    });
  }
}
