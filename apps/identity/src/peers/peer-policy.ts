import { readFile } from 'node:fs/promises';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { hop, type Assurance, type Jurisdiction } from '@bayway/domain';
import { peersOf, readPeerPolicy, TRUSTED, type PeerPolicy, type PeerTerms } from '@bayway/envelope';
import { SettingError } from '@bayway/service';
import type { IdentityConfig } from '../config.js';

/** A change counts at the latest so long after the file was written. */
const READ_MS = 3_000;

type Settings = Pick<IdentityConfig, 'JURISDICTION' | 'ROOTS' | 'PEER_POLICY_FILE'>;

/**
 * Which peers this service believes, and how far: a file that the jurisdiction's own root signed, read again while
 * everything runs. One that is not signed, older, or gone changes nothing. Without a file all peers are trusted.
 */
export class PeerPolicies implements OnApplicationShutdown {
  private readonly logger = new Logger('peer-policy');
  private current: PeerPolicy | null = null;
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly config: Settings) {}

  /** @throws SettingError when there is a file and it does not hold */
  static async open(config: Settings): Promise<PeerPolicies> {
    const policies = new PeerPolicies(config);
    await policies.read().catch((error: unknown) => {
      throw new SettingError([`PEER_POLICY_FILE: ${(error as Error).message}`]);
    });
    policies.timer = setInterval(() => void policies.readAgain(), READ_MS);
    policies.timer.unref();
    return policies;
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  isCut(peer: Jurisdiction): boolean {
    return this.termsOf(peer).state === 'cut';
  }

  /** The peers that are cut off now. */
  cut(): Jurisdiction[] {
    return peersOf(this.config.JURISDICTION).filter((peer) => this.isCut(peer));
  }

  /** What a peer said of how sure it is, as far as it is believed. */
  believed(peer: Jurisdiction, said: Assurance): Assurance {
    const { highestLevel } = this.termsOf(peer);
    return said.level <= highestLevel ? said : hop(said, { by: 'peer', jurisdiction: peer, level: highestLevel });
  }

  private termsOf(peer: Jurisdiction): PeerTerms {
    return this.current?.peers[peer] ?? TRUSTED;
  }

  private async readAgain(): Promise<void> {
    await this.read().catch((error: unknown) => this.logger.error({ failure: (error as Error).message }));
  }

  private async read(): Promise<void> {
    const { JURISDICTION: me, ROOTS, PEER_POLICY_FILE: file } = this.config;
    const text = file === undefined ? null : await readFile(file, 'utf8').catch(() => null);
    if (text === null || text === this.text) return;
    const policy = await readPeerPolicy(me, ROOTS[me], text);
    this.text = text;
    if (this.current && policy.version <= this.current.version) {
      this.logger.error({ refused: 'older', version: policy.version, current: this.current.version });
      return;
    }
    this.current = policy;
    this.logger.log({ version: policy.version, cut: this.cut() });
  }
}
