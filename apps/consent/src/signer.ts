import { Inject, Injectable } from '@nestjs/common';
import { DomainError, signerOf } from '@bayway/contracts';
import { sign, verify, type Expectation } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import type { z } from 'zod';
import type { ConsentConfig } from './config.js';

/** Signs as this jurisdiction's consent service, and verifies what others signed by the key directory. */
@Injectable()
export class Signer {
  /** The name under which our keys stand in the directory, such as `cn/consent`. */
  readonly me: string;

  constructor(
    @Inject(Keys) private readonly keys: Keys,
    @Inject(CONFIG) readonly config: ConsentConfig,
  ) {
    this.me = signerOf(config.JURISDICTION, 'consent');
  }

  /** Signs claims of a shape; claims of another shape are a programming error (ZodError). */
  sign<T extends z.ZodType<Record<string, unknown>>>(
    type: 'permit' | 'receipt',
    shape: T,
    claims: z.input<T>,
  ): Promise<string> {
    return sign(this.keys.own('sig'), type, shape.parse(claims));
  }

  /** Verifies one signed object. @throws EnvelopeError with the specific code */
  async verify<T extends z.ZodType>(jws: string, expected: Omit<Expectation<T>, 'keys' | 'at'>): Promise<z.infer<T>> {
    return verify(jws, { ...expected, keys: await this.keys.directoryFor(jws), at: new Date() });
  }

  /** This jurisdiction serves records of its own side only. @throws DomainError `transit-refused` */
  assertOurs(exporter: string): void {
    if (exporter !== this.config.JURISDICTION) throw new DomainError('transit-refused');
  }
}
