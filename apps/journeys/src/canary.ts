import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** All forms in which a text may lie around: plain, hex in both cases, base64 at each of its three offsets. */
export function formsOf(canary: string): Buffer[] {
  const bytes = Buffer.from(canary);
  const base64 = [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = shifted.slice(offset === 0 ? 0 : offset + 1, -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const utf16 = Buffer.from(canary, 'utf16le');
  return [
    bytes,
    utf16,
    ...[bytes.toString('hex'), bytes.toString('hex').toUpperCase(), ...base64].map((text) => Buffer.from(text)),
  ];
}

export type Find = Readonly<{ file: string; form: string }>;

/** Every file under a folder that holds one of the forms, plain or inside a gzip stream. `skip` names folders to leave out. */
export async function search(folder: string, forms: readonly Buffer[], skip: readonly string[]): Promise<Find[]> {
  const finds: Find[] = [];
  for (const file of await filesUnder(folder, skip)) {
    const content = await readFile(file).catch(() => Buffer.alloc(0));
    for (const part of [content, ...inflated(content)]) {
      const form = forms.find((candidate) => part.includes(candidate));
      if (form) finds.push({ file, form: form.toString('utf8').slice(0, 12) });
    }
  }
  return finds;
}

async function filesUnder(folder: string, skip: readonly string[]): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (skip.includes(path)) return Promise.resolve([]);
    if (entry.isDirectory()) return filesUnder(path, skip);
    return Promise.resolve(entry.isFile() ? [path] : []);
  });
  return (await Promise.all(nested)).flat();
}

const GZIP = Buffer.from([0x1f, 0x8b, 0x08]);

/** What the gzip streams inside a file hold. */
function inflated(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = content.indexOf(GZIP); at !== -1 && found.length < 50; at = content.indexOf(GZIP, at + 1)) {
    try {
      found.push(gunzipSync(content.subarray(at), { finishFlush: 2 }));
    } catch {
      continue;
    }
  }
  return found;
}
