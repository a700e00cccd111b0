/// <reference lib="dom" />
import { MAX_BYTES, verifyBundle } from '@bayway/bundle';
import type { Handed } from '../verifier-page.js';
import { invalidView, note, validView } from './views.js';

// What runs in the reader's browser. It reads a file that she chooses and shows the verdict; nothing leaves the page.
const handed = JSON.parse(document.getElementById('handed')?.textContent ?? '{}') as Handed;
const input = document.getElementById('file') as HTMLInputElement;
const result = document.getElementById('result') as HTMLElement;

async function view(file: File): Promise<HTMLElement> {
  const { words, pins, language } = handed;
  // Of a file that is too long only as much is read as shows that it is.
  const bytes = await file
    .slice(0, MAX_BYTES + 1)
    .arrayBuffer()
    .catch(() => undefined);
  if (!bytes) return note(words.unreadable);
  if (!(await knowsEd25519())) return note(words.noCrypto);
  const verdict = await verifyBundle(new Uint8Array(bytes), pins as Parameters<typeof verifyBundle>[1]);
  return verdict.ok ? validView(verdict.summary, { words, language }) : invalidView(verdict.fault, words);
}

const knowsEd25519 = (): Promise<boolean> =>
  crypto.subtle.generateKey('Ed25519', false, ['sign', 'verify']).then(
    () => true,
    () => false,
  );

function check(): void {
  const [file] = input.files ?? [];
  if (!file) return;
  result.replaceChildren(note(handed.words.checking));
  void view(file).then(
    (shown) => result.replaceChildren(shown),
    () => result.replaceChildren(note(handed.words.unreadable)),
  );
}

input.addEventListener('change', check);
// It may have been chosen before this script was there, or kept by the browser over a reload.
check();
