import { randomBytes } from 'node:crypto';
import { chmod, mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CHUNK_BYTES } from '@bayway/contracts';

export const STAGING = Symbol('staging');

/** Ciphertext on its way, one file each, in a folder that only this connector reads. Never plaintext. */
export class Staging {
  constructor(private readonly folder: string) {}

  async prepare(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    await chmod(this.folder, 0o700);
  }

  /** Writes a file to disk, durably; answers its name. */
  async put(ciphertext: string): Promise<string> {
    const name = `${randomBytes(16).toString('hex')}.jwe`;
    const file = await open(join(this.folder, name), 'wx', 0o600);
    try {
      await file.writeFile(ciphertext, 'ascii');
      await file.sync();
    } finally {
      await file.close();
    }
    return name;
  }

  /** One piece of a file; null when the file is gone. */
  async read(name: string, index: number): Promise<Buffer | null> {
    const file = await open(join(this.folder, name), 'r').catch(() => null);
    if (!file) return null;
    try {
      const piece = Buffer.alloc(CHUNK_BYTES);
      const { bytesRead } = await file.read(piece, 0, CHUNK_BYTES, index * CHUNK_BYTES);
      return piece.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }

  destroy(name: string): Promise<void> {
    return rm(join(this.folder, name), { force: true });
  }

  /** Destroys files that no row knows and that are older than `ageMs`: left by a stop between writing and committing. */
  async destroyAllBut(known: ReadonlySet<string>, ageMs: number): Promise<number> {
    const strangers = (await readdir(this.folder)).filter((name) => !known.has(name));
    const old = await Promise.all(
      strangers.map(async (name) => {
        const { mtimeMs } = await stat(join(this.folder, name));
        return Date.now() - mtimeMs > ageMs ? [name] : [];
      }),
    );
    const strays = old.flat();
    await Promise.all(strays.map((name) => this.destroy(name)));
    return strays.length;
  }
}
