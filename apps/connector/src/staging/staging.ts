import { constants } from 'node:fs';
import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { randomName } from '@bayway/envelope';
import { CONFIG, SettingError } from '@bayway/service';
import { ConnectorConfig } from '../config.js';

/** The folder in which ciphertext waits for its recipient: random names, for this user only, on disk before it counts. */
@Injectable()
export class Staging implements OnModuleInit {
  constructor(@Inject(CONFIG) private readonly config: ConnectorConfig) {}

  /** @throws SettingError when the folder cannot be made */
  async onModuleInit(): Promise<void> {
    await mkdir(this.config.STAGING_DIR, { recursive: true, mode: 0o700 }).catch(() => {
      throw new SettingError(['STAGING_DIR: cannot be made']);
    });
  }

  /** Writes a file and makes sure that it survives a power cut. @returns its name */
  async write(ciphertext: string): Promise<string> {
    const name = `${randomName()}.jose`;
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    const file = await open(this.path(name), flags, 0o600);
    try {
      await file.writeFile(ciphertext, 'ascii');
      await file.sync();
    } finally {
      await file.close();
    }
    await this.syncFolder();
    return name;
  }

  /** Reads at most `bytes` from `offset`; null when the file is gone. */
  async read(name: string, { offset, bytes }: { offset: number; bytes: number }): Promise<Buffer | null> {
    const file = await open(this.path(name), 'r').catch(absent);
    if (!file) return null;
    try {
      const buffer = Buffer.alloc(bytes);
      const { bytesRead } = await file.read(buffer, 0, bytes, offset);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  /** Removes a file. One that is gone already is no error. */
  async remove(name: string): Promise<void> {
    await rm(this.path(name), { force: true });
    await this.syncFolder();
  }

  /** Files that were written before `at`. */
  async writtenBefore(at: Date): Promise<string[]> {
    const names = (await readdir(this.config.STAGING_DIR)).filter((name) => name.endsWith('.jose'));
    const found = await Promise.all(
      names.map(async (name) => ({ name, file: await stat(this.path(name)).catch(absent) })),
    );
    return found.flatMap(({ name, file }) => (file && file.mtime < at ? [name] : []));
  }

  private path(name: string): string {
    return join(this.config.STAGING_DIR, name);
  }

  private async syncFolder(): Promise<void> {
    const folder = await open(this.config.STAGING_DIR, 'r');
    await folder.sync().finally(() => folder.close());
  }
}

function absent(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}
