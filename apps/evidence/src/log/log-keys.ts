import { Inject, Injectable } from '@nestjs/common';
import { logOrigin, witnessName } from '@bayway/contracts';
import { JURISDICTIONS, type Jurisdiction } from '@bayway/domain';
import type { PublicKey } from '@bayway/envelope';
import { CONFIG, Keys } from '@bayway/service';
import {
  cosigner,
  type Ed25519Key,
  ed25519FromSeed,
  type KeyType,
  type NoteSigner,
  noteSigner,
  type NoteVerifier,
  noteVerifier,
  verifierKey,
} from '@bayway/transparency';
import type { EvidenceConfig } from '../config.js';

/** Signers of this service, and verifiers of all three, both from the key directory. */
@Injectable()
export class LogKeys {
  private readonly verifiers = new Map<string, NoteVerifier>();
  private readonly signers = new Map<string, Promise<NoteSigner>>();
  private refreshedAt = 0;

  constructor(
    @Inject(CONFIG) private readonly config: EvidenceConfig,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  /** Whose service this is. */
  get mine(): Jurisdiction {
    return this.config.JURISDICTION;
  }

  /** The other two. */
  get peers(): readonly Jurisdiction[] {
    return JURISDICTIONS.filter((jurisdiction) => jurisdiction !== this.mine);
  }

  /** Signs this log's checkpoints. */
  log(): Promise<NoteSigner> {
    return this.signer('log', (key) => noteSigner(logOrigin(this.mine), key));
  }

  /** Cosigns the other logs' checkpoints. */
  witness(): Promise<NoteSigner> {
    return this.signer('witness', (key) => cosigner(witnessName(this.mine), key, Date.now));
  }

  /** Verifiers of a jurisdiction's log that are valid now. */
  logOf(jurisdiction: Jurisdiction): NoteVerifier[] {
    return this.find(jurisdiction, 'log').map((key) => this.verifier(logOrigin(jurisdiction), 'note', key));
  }

  /** Verifiers of a jurisdiction's witness that are valid now. */
  witnessOf(jurisdiction: Jurisdiction): NoteVerifier[] {
    return this.find(jurisdiction, 'witness').map((key) =>
      this.verifier(witnessName(jurisdiction), 'cosignature', key),
    );
  }

  /** Verifiers of the log with this origin, if it is one of the others'; the directory is read again when it has none. */
  async logWithOrigin(origin: string): Promise<NoteVerifier[] | undefined> {
    const jurisdiction = this.peers.find((peer) => logOrigin(peer) === origin);
    if (!jurisdiction) return undefined;
    if (this.logOf(jurisdiction).length === 0) await this.refresh();
    return this.logOf(jurisdiction);
  }

  /** Reads the key directories again, at most once a second. */
  async refresh(): Promise<void> {
    if (Date.now() - this.refreshedAt < 1_000) return;
    this.refreshedAt = Date.now();
    await this.keys.refresh();
  }

  /** The signer of the key that is valid now; importing a key costs more than signing with it. */
  private signer(use: 'log' | 'witness', make: (key: Ed25519Key) => NoteSigner): Promise<NoteSigner> {
    const { kid, jwk } = this.keys.own(use);
    const signer = this.signers.get(kid) ?? ed25519FromSeed(Buffer.from(String(jwk.d), 'base64url')).then(make);
    this.signers.set(kid, signer);
    return signer;
  }

  private find(jurisdiction: Jurisdiction, use: 'log' | 'witness'): PublicKey[] {
    return this.keys
      .current()
      .keysOf(`${jurisdiction}/evidence`, use, new Date())
      .map(({ key }) => key);
  }

  private verifier(name: string, type: KeyType, key: PublicKey): NoteVerifier {
    const id = `${name} ${type} ${key.x}`;
    const verifier = this.verifiers.get(id) ?? noteVerifier(verifierKey(name, type, Buffer.from(key.x, 'base64url')));
    this.verifiers.set(id, verifier);
    return verifier;
  }
}
