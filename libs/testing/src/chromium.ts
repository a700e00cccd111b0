import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';
import { installDebian } from './debian.js';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Chromium where it usually is, or `CHROMIUM_PATH`; on Debian as root it is installed when missing. */
export async function findChromium(): Promise<string> {
  const known = [process.env['CHROMIUM_PATH'], ...PLACES].find((path) => path !== undefined && existsSync(path));
  if (known !== undefined) return known;
  if ((await installDebian(['chromium', 'fonts-noto-cjk'])) && existsSync('/usr/bin/chromium'))
    return '/usr/bin/chromium';
  throw new Error(
    'Chromium is needed to test pages: install it (Debian: `apt-get install chromium fonts-noto-cjk`) or name it in CHROMIUM_PATH.',
  );
}

/** Starts headless Chromium. */
export const launchBrowser = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await findChromium(), args: FLAGS });
