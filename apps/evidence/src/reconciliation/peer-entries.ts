import { Inject, Injectable } from '@nestjs/common';
import type { Jurisdiction } from '@bayway/domain';
import { PeerLog } from '../monitor/peer-log.js';

const AT_ONCE = 10;

/** Which commitments the other jurisdictions' logs have, by their own proofs. What was proven once is not asked again. */
@Injectable()
export class PeerEntries {
  private readonly proven = new Set<string>();

  constructor(@Inject(PeerLog) private readonly peer: PeerLog) {}

  /**
   * Those of the commitments that none of the logs has.
   *
   * @param among the logs that may have a commitment
   * @param silent takes the logs that did not answer; what only such a log could have is not among the missing
   */
  async missing(
    commitments: readonly string[],
    { among, silent }: { among: (commitment: string) => readonly Jurisdiction[]; silent: Set<Jurisdiction> },
  ): Promise<string[]> {
    const missing: string[] = [];
    for (let at = 0; at < commitments.length; at += AT_ONCE) {
      const some = commitments.slice(at, at + AT_ONCE);
      const found = await Promise.all(some.map((one) => this.isThere(one, among(one), silent)));
      missing.push(...some.filter((_, i) => !found[i]));
    }
    return missing;
  }

  private async isThere(
    commitment: string,
    logs: readonly Jurisdiction[],
    silent: Set<Jurisdiction>,
  ): Promise<boolean> {
    let isUnknown = false;
    for (const log of logs) {
      const key = `${log} ${commitment}`;
      // A log that is silent is asked no more in this reconciliation: each question takes its whole time-out.
      const has = this.proven.has(key) || (!silent.has(log) && (await this.ask(log, commitment, silent)));
      if (has) return this.note(key);
      isUnknown ||= silent.has(log);
    }
    return isUnknown;
  }

  private ask(log: Jurisdiction, commitment: string, silent: Set<Jurisdiction>): Promise<boolean> {
    return this.peer.has(log, commitment).catch(() => {
      silent.add(log);
      return false;
    });
  }

  private note(key: string): true {
    if (this.proven.size >= REMEMBERED) this.proven.clear();
    this.proven.add(key);
    return true;
  }
}

const REMEMBERED = 200_000;
