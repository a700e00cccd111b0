import { Injectable } from '@nestjs/common';
import { DomainError, type ProblemCode } from '@bayway/contracts';
import { newGauge } from '@bayway/service';
import { Breaker } from './breaker.js';

const open = newGauge('holder_circuits_open', 'Holders that this instance leaves alone for a while');

/** What a hanging connector, or a holder's system behind it, is answered for. */
const SILENCE: readonly ProblemCode[] = ['service-unavailable', 'holder-unreachable'];

/** A breaker for each holder, in this instance. */
@Injectable()
export class Breakers {
  private readonly all = new Map<string, Breaker>();

  /** Tries something at a holder. @throws DomainError `holder-unreachable` at once while its circuit is open */
  async through<T>(holder: string, work: () => Promise<T>): Promise<T> {
    const breaker = this.all.get(holder) ?? new Breaker();
    this.all.set(holder, breaker);
    if (!breaker.admits(Date.now())) throw new DomainError('holder-unreachable', { holder });
    try {
      const result = await work();
      breaker.answered();
      return result;
    } catch (error) {
      if (error instanceof DomainError && SILENCE.includes(error.code)) breaker.fellSilent(Date.now());
      else breaker.answered();
      throw error;
    } finally {
      open.set([...this.all.values()].filter(({ isOpen }) => isOpen).length);
    }
  }
}
