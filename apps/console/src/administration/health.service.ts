import { Inject, Injectable } from '@nestjs/common';
import { Standing, type HealthView, type ServiceHealth } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import { z } from 'zod';
import type { ConsoleConfig } from '../config.js';

const Ready = z.object({ database: z.boolean(), bus: z.boolean() });
type Asked = ServiceHealth['service'];

/** What the services of this jurisdiction say of themselves, and when each was heard last. */
@Injectable()
export class Health {
  private readonly heard = new Map<Asked, string>();

  constructor(@Inject(CONFIG) private readonly config: ConsoleConfig) {}

  /** Asks all of them now; one that hangs keeps nobody waiting longer than two seconds. */
  async look(): Promise<HealthView> {
    const { ISSUERS, CONSENT_URL, BROKER_URL, EVIDENCE_URLS, JURISDICTION, BASE_URL } = this.config;
    const services = await Promise.all([
      this.ask('identity', ISSUERS[JURISDICTION]),
      this.ask('consent', CONSENT_URL),
      this.ask('broker', BROKER_URL),
      this.ask('evidence', EVIDENCE_URLS[JURISDICTION]),
      this.ask('console', BASE_URL),
    ]);
    return { at: new Date().toISOString(), services };
  }

  private async ask(service: Asked, base: string): Promise<ServiceHealth> {
    const from = performance.now();
    const ready = await read(base, 'health/ready').catch(() => null);
    if (ready === null)
      return { ...{ service, state: 'silent', ...UNSAID }, answeredAt: this.heard.get(service) ?? null };
    const tookMs = Math.round(performance.now() - from);
    const answeredAt = new Date().toISOString();
    this.heard.set(service, answeredAt);
    const said = Ready.safeParse(ready.body);
    const ways = await read(base, 'health/outbox')
      .then(({ body }) => Standing.parse(body).ways)
      .catch(() => null);
    const { database, bus } = said.success ? said.data : UNSAID;
    return { service, state: ready.ok ? 'ready' : 'not-ready', database, bus, tookMs, answeredAt, ways };
  }
}

const UNSAID = { database: null, bus: null, tookMs: null, ways: null } as const;
const PATIENCE_MS = 2_000;

async function read(base: string, path: string): Promise<{ ok: boolean; body: unknown }> {
  const response = await fetch(`${base}/${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  return { ok: response.ok, body: await response.json() };
}
