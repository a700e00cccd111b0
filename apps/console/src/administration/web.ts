import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { iconPath } from '@bayway/design';
import { z } from 'zod';

/** Where the built pages of the console are: `vite build` puts them there, wherever this program itself was put. */
export const WEB = join(dirname(createRequire(import.meta.url).resolve('@bayway/console/package.json')), 'web-dist');
/** Below which address they are served. */
export const WEB_PATH = '/assets/console';

const Manifest = z.record(
  z.string(),
  z.object({ file: z.string(), isEntry: z.boolean().optional(), css: z.array(z.string()).optional() }),
);

/** The first script and the style sheets; null while the web part has not been built. */
export function entryOf(folder: string): { script: string; styles: readonly string[] } | null {
  const file = join(folder, '.vite', 'manifest.json');
  if (!existsSync(file)) return null;
  const entries = Object.values(Manifest.parse(JSON.parse(readFileSync(file, 'utf8'))));
  const entry = entries.find(({ isEntry }) => isEntry);
  return entry ? { script: entry.file, styles: entry.css ?? [] } : null;
}

/** The page that the console runs in. It holds a nonce for the styles that components make, and nothing else of ours. */
export const shell = ({ nonce, language }: Readonly<{ nonce: string; language: string }>): string | null => {
  const entry = entryOf(WEB);
  if (!entry) return null;
  const styles = entry.styles.map((style) => `<link rel="stylesheet" href="${WEB_PATH}/${style}">`).join('');
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csp-nonce" nonce="${nonce}" content="${nonce}"><title>Bayway</title><link rel="icon" href="${iconPath}">${styles}<script type="module" src="${WEB_PATH}/${entry.script}"></script></head><body><div id="console"></div></body></html>`;
};

/** Own scripts only; own style sheets, and the styles that carry the page's nonce. */
export const shellPolicy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
