import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DomainError, participantSigner } from '@bayway/contracts';
import { openKey, type PrivateKey } from '@bayway/envelope';
import { CONFIG, Keys, SettingError } from '@bayway/service';
import { ConnectorConfig } from '../config.js';
import { CONNECTOR_FILE, type ConnectorFile } from './connector-file.js';

/** The holder's own signing key. It signs records and nothing else. */
@Injectable()
export class HolderKey implements OnModuleInit {
  private opened: readonly PrivateKey[] = [];

  constructor(
    @Inject(CONFIG) private readonly config: ConnectorConfig,
    @Inject(CONNECTOR_FILE) private readonly file: ConnectorFile,
    @Inject(Keys) private readonly keys: Keys,
  ) {}

  /** @throws SettingError when the folder or its key-encryption key is wrong */
  async onModuleInit(): Promise<void> {
    this.opened = await this.open();
  }

  /**
   * The newest key that the directory knows as the holder's. Read again first when none is: a rotation puts a new one there.
   * @throws DomainError `signer-unknown` when the directory knows none of them
   */
  async current(): Promise<PrivateKey> {
    const known = this.known();
    if (known) return known;
    [this.opened] = [await this.open(), await this.keys.refresh()];
    const fresh = this.known();
    if (!fresh) throw new DomainError('signer-unknown');
    return fresh;
  }

  private known(): PrivateKey | undefined {
    const owner = participantSigner(this.config.JURISDICTION, this.file.holder);
    const valid = this.keys.current().keysOf(owner, 'sig', new Date());
    return valid.flatMap(({ kid }) => this.opened.find((key) => key.kid === kid) ?? [])[0];
  }

  private async open(): Promise<PrivateKey[]> {
    const { HOLDER_KEYS_DIR: dir, HOLDER_KEK: kek = this.config.KEK } = this.config;
    const files = await readdir(dir).catch(() => {
      throw new SettingError(['HOLDER_KEYS_DIR: folder does not exist']);
    });
    const sealed = files.filter((file) => file.endsWith('.jwe'));
    const keys = await Promise.all(
      sealed.map(async (file) => openKey(await readFile(join(dir, file), 'utf8'), kek)),
    ).catch(() => {
      throw new SettingError(['HOLDER_KEK: does not open the keys in HOLDER_KEYS_DIR']);
    });
    const signing = keys.filter(({ use }) => use === 'sig');
    if (signing.length === 0) throw new SettingError(['HOLDER_KEYS_DIR: holds no signing key']);
    return signing;
  }
}
