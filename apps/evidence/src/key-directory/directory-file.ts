import { readFile, stat } from 'node:fs/promises';
import { DomainError } from '@bayway/contracts';
import { publishedBy, SettingError, type DirectorySource } from '@bayway/service';
import type { EvidenceConfig } from '../config.js';

const MAX_BYTES = 50_000_000;

/**
 * Lines of the key directory's file, oldest first.
 *
 * @throws DomainError `service-unavailable` when the file cannot be read
 */
export async function readLines(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new DomainError('service-unavailable', {}, { cause });
  });
  if (text.length > MAX_BYTES) throw new DomainError('body-too-large');
  return text.split('\n').filter((line) => line !== '');
}

/** What changes when the file does; nothing when it is not there. */
export const versionOf = (file: string): Promise<string | undefined> =>
  stat(file).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => undefined,
  );

/** Where this service takes key directories from: its own from the file, the others' from those who publish them. */
export function directorySource({ JURISDICTION, DIRECTORY_FILE, EVIDENCE_URLS }: EvidenceConfig): DirectorySource {
  const published = publishedBy(EVIDENCE_URLS);
  return (jurisdiction) => (jurisdiction === JURISDICTION ? readLines(DIRECTORY_FILE) : published(jurisdiction));
}

/** Stops the start when the file is missing or empty. @throws SettingError */
export async function checkDirectoryFile({ DIRECTORY_FILE }: EvidenceConfig): Promise<void> {
  const lines = await readLines(DIRECTORY_FILE).catch(() => []);
  if (lines.length === 0) throw new SettingError(['DIRECTORY_FILE: is not there, or is empty']);
}
