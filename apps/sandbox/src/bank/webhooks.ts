import { randomUUID } from 'node:crypto';
import { CompactSign, compactVerify, decodeProtectedHeader } from 'jose';
import { z } from 'zod';
import { signingKeyOf } from './key-directory.js';
import { messageOf } from './outcome.js';
import type { BankSettings } from './settings.js';

/** What the broker tells the bank, as far as the bank needs it. */
const head = { iss: z.string(), aud: z.string(), jti: z.uuid(), state: z.string().max(20) };
const Told = z.discriminatedUnion('event', [
  z.object({ ...head, event: z.literal('consent.ended'), consentId: z.uuid() }),
  z.object({ ...head, event: z.literal('request.settled'), dataRequestId: z.uuid() }),
]);
export type Told = z.infer<typeof Told>;

const DAY_MS = 86_400_000;
/** The bank keeps backups for a few days. */
const DELETES_WITHIN_DAYS = 3;

/** The bank's side of webhooks: reads what its broker signed, and signs what it did about it. */
export class Webhooks {
  /** @param onFault hears of faults that are the bank's own; it gets no personal data */
  constructor(
    private readonly settings: BankSettings,
    private readonly onFault: (fault: string) => void,
  ) {}

  /** Verifies a webhook by the key directory. Throws for anything that the bank's own broker did not sign for it. */
  async read(jws: string): Promise<Told> {
    const { kid = '', typ } = decodeProtectedHeader(jws);
    const jurisdiction = this.settings.audience.split(':')[2] ?? '';
    const source = this.settings.directories[jurisdiction];
    if (typ !== 'webhook+jwt' || !source) throw new Error('not a webhook');
    const broker = `${jurisdiction}/broker`;
    const key = await signingKeyOf({ jurisdiction, ...source }, broker, kid);
    const { payload } = await compactVerify(jws, key, { algorithms: ['ES256'] });
    const told = Told.parse(JSON.parse(new TextDecoder().decode(payload)));
    if (told.iss !== broker || told.aud !== this.settings.participant) throw new Error('a webhook for somebody else');
    return told;
  }

  /** The bank stopped using what it has, and says by when it deletes. */
  stopped(consentId: string): Promise<string> {
    const deleteBy = new Date(Date.now() + DELETES_WITHIN_DAYS * DAY_MS).toISOString().slice(0, 10);
    return this.state(consentId, { what: 'withdrawal', deleteBy });
  }

  /** The bank has deleted what it had: says so to its broker, which passes it on. */
  async deleted(consentId: string): Promise<void> {
    try {
      const body = JSON.stringify({ statement: await this.state(consentId, { what: 'deletion' }) });
      const headers = { 'content-type': 'application/json' };
      const url = `${this.settings.broker}/consent-ends/statements`;
      const answer = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
      if (!answer.ok) this.onFault(`bank: deletion statement answered ${answer.status}`);
    } catch (error) {
      this.onFault(`bank: ${messageOf(error)}`);
    }
  }

  private state(consentId: string, about: object): Promise<string> {
    const { key, kid } = this.settings.keys.sig;
    const iat = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.settings.participant, jti: randomUUID(), iat, consentId, ...about };
    const bytes = new TextEncoder().encode(JSON.stringify(claims));
    return new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', typ: 'consent-end-statement+jwt', kid }).sign(key);
  }
}
