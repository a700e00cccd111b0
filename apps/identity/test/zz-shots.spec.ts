import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, it } from '@jest/globals';
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { creditReport, enrol, partnerAt, startWorld, type World } from './world.js';
import { Browser } from './browser.js';
import { obtain } from './walk.js';

let world: World;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
beforeAll(async () => {
  world = await startWorld();
}, 60_000);
afterAll(() => world.stop());
it('shots', async () => {
  const bank = await partnerAt(world, world.hk);
  enrol(world, 'a');
  enrol(world, 'b');
  await obtain(world, bank, { login: 'b' });
  const b = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const out: string[] = [];
  for (const [locale, width] of [
    ['en-GB', 1280],
    ['zh-HK', 360],
    ['pt', 360],
  ] as const) {
    const c = await b.newContext({ locale, viewport: { width, height: 900 }, javaScriptEnabled: true });
    const p = await c.newPage();
    p.on('console', (m) => out.push('console ' + m.text()));
    const shot = async (name: string) => {
      await p.screenshot({ path: `/tmp/shots/${name}-${locale}-${width}.png`, fullPage: true });
      const v = await p.evaluate(
        `(async()=>{${axeSource}; const r = await axe.run(document); return r.violations.map(v=>v.id+': '+v.nodes.map(n=>n.target).join('|'))})()`,
      );
      const w = await p.evaluate('document.body.scrollWidth');
      out.push(`${name} ${locale} scroll ${w} axe ${JSON.stringify(v)}`);
    };
    const a = await bank.attempt(creditReport());
    await p.goto(a.url);
    await shot('picker');
    await p.locator('a[href$="/to/hong-kong"]').first().click();
    await p.locator('input[name=account]').fill(locale === 'en-GB' ? 'a' : 'c' + locale);
    enrol(world, 'c' + locale);
    await p.locator('button').click();
    await shot('bind');
    const picker = p.url();
    await p.locator('a[href$="/to/shenzhen"]').first().click();
    await p.locator('input[name=account]').fill('b');
    await p.locator('button').click();
    await shot('refused');
    await p.goto(picker.replace(/interaction\/.*/, 'interaction/xxxxxxxxxxxxxxxxxxxxxxxxxx'));
    await shot('ended');
    await p.goto(world.cn.issuer + '/auth?client_id=nobody');
    await shot('broken');
    await p.goto(world.hk.issuer + '/session/end');
    await shot('signout');
    await c.close();
  }
  await b.close();
  console.log(out.join('\n'));
}, 120_000);
