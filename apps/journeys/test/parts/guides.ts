import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { WORKSPACE } from '@bayway/infra';
import { expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { quoted } from '../../src/readme.js';
import type { System } from '../../src/system.js';
import { watch } from './portal.js';

const run = promisify(exec);
const read = (name: string): Promise<string> => readFile(join(WORKSPACE, 'docs', 'guides', `${name}.md`), 'utf8');
/** The guides name the ports of `npm start`; the system under test has ports of its own. */
const here = (text: string, { bay }: System): string =>
  text.replace(/localhost:4(\d{3})/g, (_, port: string) => `localhost:${bay.topology.landing + Number(port)}`);

/** What stands for something that has no name of its own. */
const PLACES: Readonly<Record<string, string>> = {
  'first row': 'main tbody a',
  'first article': 'main .law a',
  'first number': 'main tbody button',
};

async function press(page: Page, name: string): Promise<void> {
  const place = PLACES[name];
  if (place !== undefined) return page.locator(place).first().click();
  // A city's name is followed by that of its identity.
  const named = { name: new RegExp(`^${name}`) };
  await page.getByRole('link', named).or(page.getByRole('button', named)).first().click();
}

/** Presses what a step emphasises and waits for what it quotes, in the order of the step. */
async function follow(page: Page, step: string): Promise<void> {
  for (const [, pressed, shown] of step.matchAll(/_([^_]+)_|“([^”]+)”/g)) {
    if (pressed !== undefined) await press(page, pressed);
    if (shown !== undefined) await page.getByText(shown).first().waitFor();
  }
}

/** The guides, step by step and command by command, as they are written. */
export function guides(system: () => System, browser: () => Browser): void {
  it.each(['decide-by-rules', 'supervise', 'keep-it-running'])(
    'leads where it says: %s',
    async (name) => {
      const [first = '', ...steps] = [...(await read(name)).matchAll(/^\d\. (.+)$/gm)].map(([, step = '']) => step);
      const context = await browser().newContext({ locale: 'en-GB', viewport: { width: 1440, height: 900 } });
      const faults = watch(context);
      const page = await context.newPage();
      await page.goto(`${here(/<([^>]+)>/.exec(first)?.[1] ?? '', system())}?ui_locales=en`);
      await follow(page, first);
      const [login = '', pin = ''] = quoted(first);
      await page.locator('#account').fill(login);
      await page.locator('#pin').fill(pin);
      await page.locator('#sign-in').click();
      await page.waitForSelector('.side');
      for (const step of steps) await follow(page, step);
      expect(steps.length).toBeGreaterThan(4);
      expect(faults).toEqual([]);
      await context.close();
    },
    120_000,
  );

  it('its commands answer what it says: build-a-partner-app', async () => {
    const blocks = [...(await read('build-a-partner-app')).matchAll(/```sh\n([\s\S]*?)```/g)];
    const lines = blocks.flatMap(([, block = '']) => block.trim().split('\n'));
    expect(lines.length).toBeGreaterThan(3);
    for (const line of lines) {
      const [command = '', wanted = ''] = line.split(' # ');
      const { stdout } = await run(here(command, system()), { cwd: WORKSPACE, maxBuffer: 16_000_000 });
      expect([command, stdout.includes(wanted)]).toEqual([command, true]);
    }
  }, 60_000);
}
