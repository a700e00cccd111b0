import { setTimeout as sleep } from 'node:timers/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  assembleBundle,
  AssemblyError,
  Parts,
  publicEvidence,
  PublicEvidenceError,
  verifyBundle,
} from '@bayway/bundle';
import { DomainError, type RequestEvidence } from '@bayway/contracts';
import { CONFIG } from '@bayway/service';
import type { EvidenceConfig } from '../config.js';

/** How long to wait for the witnesses of an exchange that has just ended. */
const WAIT_MS = 8_000;
const AGAIN_MS = 500;

/** Makes an evidence bundle of the parts that two brokers keep, and of the three logs as anybody can read them. */
@Injectable()
export class BundlesService {
  private readonly logger = new Logger('bundles');

  constructor(@Inject(CONFIG) private readonly config: EvidenceConfig) {}

  /**
   * The bytes of a bundle that verifies against the pinned roots; another one is never handed out.
   * @throws DomainError `request-invalid`, `evidence-not-witnessed`, `evidence-incomplete`, `service-unavailable`
   */
  async make(asked: RequestEvidence): Promise<Uint8Array> {
    const parts = Parts.safeParse(asked);
    if (!parts.success) throw new DomainError('request-invalid');
    const bytes = await this.assembled(parts.data);
    const verdict = await verifyBundle(bytes, this.config.ROOTS as Parameters<typeof verifyBundle>[1]);
    if (verdict.ok) return bytes;
    this.logger.error({ invalid: verdict.fault });
    throw new DomainError('evidence-incomplete', { detail: `check ${verdict.fault.check} does not hold` });
  }

  private async assembled(parts: Parts): Promise<Uint8Array> {
    const source = publicEvidence(this.config.EVIDENCE_URLS);
    for (const end = Date.now() + WAIT_MS; ; await sleep(AGAIN_MS)) {
      try {
        return await assembleBundle(parts, source);
      } catch (error) {
        const isEarly = error instanceof AssemblyError && error.code === 'not-witnessed-yet';
        if (!isEarly || Date.now() >= end) throw problemOf(error);
      }
    }
  }
}

function problemOf(error: unknown): unknown {
  if (error instanceof PublicEvidenceError) return new DomainError('service-unavailable', {}, { cause: error });
  if (!(error instanceof AssemblyError)) return error;
  const code = error.code === 'not-witnessed-yet' ? 'evidence-not-witnessed' : 'evidence-incomplete';
  return new DomainError(code, { detail: error.message }, { cause: error });
}
