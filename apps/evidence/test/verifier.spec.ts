/// <reference lib="dom" />
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ExpressAdapter } from '@nestjs/platform-express';
import { type BundleWorld, freePort, launchBrowser, newBundle } from '@bayway/testing';
import type { Browser, Page } from 'playwright-core';
import { mountVerifier } from '../src/verifier/mount-verifier.js';

const adapter = new ExpressAdapter();
const LANGUAGES = ['zh-Hant', 'zh-Hans', 'pt', 'en'] as const;

let base: string;
let bundle: Uint8Array;
let world: BundleWorld;
let browser: Browser;
let axe: string;

beforeAll(async () => {
  ({ world, bytes: bundle } = await newBundle());
  await mountVerifier({ getHttpAdapter: () => adapter } as never, { ROOTS: world.pins } as never);
  adapter.initHttpServer({} as never);
  const port = await freePort();
  await new Promise<void>((resolve) => adapter.listen(port, '127.0.0.1', () => resolve()));
  base = `http://127.0.0.1:${port}`;
  browser = await launchBrowser();
  axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
}, 120_000);
afterAll(async () => {
  await browser.close();
  await adapter.close();
});

type Opened = Readonly<{ page: Page; requests: string[]; errors: string[] }>;

async function opened(language: string, options: Parameters<Browser['newPage']>[0] = {}): Promise<Opened> {
  const page = await browser.newPage(options);
  const [requests, errors]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => void (message.type() === 'error' && errors.push(message.text())));
  await page.goto(`${base}/verify?ui_locales=${language}`, { waitUntil: 'networkidle' });
  return { page, requests, errors };
}

const choose = async ({ page }: Opened, bytes: Uint8Array): Promise<string> => {
  await page.setInputFiles('#file', {
    name: 'evidence.json',
    mimeType: 'application/json',
    buffer: Buffer.from(bytes),
  });
  await page.waitForSelector('#result section');
  return page.innerText('#result');
};

/** Kinds of violations that axe finds, and where. */
const violations = async ({ page }: Opened): Promise<string[]> => {
  await page.evaluate(axe);
  return page.evaluate(async () => {
    type Axe = { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    const found = await (globalThis as unknown as { axe: Axe }).axe.run();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
};

describe('GET /verify', () => {
  it('verifies a bundle in the browser, and nothing leaves it', async () => {
    const all = await opened('en');
    const before = all.requests.length;
    expect(all.requests.every((url) => url.startsWith(`${base}/`))).toBe(true);
    const text = await choose(all, bundle);
    expect(text).toContain('Everything in this file holds');
    expect(text).toContain('agency, the Mainland');
    expect(text).toContain('bank, Hong Kong');
    expect([all.requests.length - before, all.errors]).toEqual([0, []]);
    await all.page.close();
  }, 60_000);

  it('says of the bundle of a refusal who ended the request, and why', async () => {
    const how = { problem: 'request-not-lawful', rule: 'CN.PIPL.39' };
    const forbids = { exporterAssessment: { outcome: 'forbid', proceeds: false } };
    const all = await opened('en');
    const text = await choose(all, await world.bundle(await world.refusal(how, forbids)));
    for (const part of [
      'ended without a release',
      'Refused by\nthe Mainland',
      'request-not-lawful, CN.PIPL.39',
      'forbid',
    ])
      expect(text).toContain(part);
    expect([text.includes('undefined'), all.errors]).toEqual([false, []]);
    await all.page.close();
  }, 60_000);

  it('says of an altered bundle that it does not hold, where and why', async () => {
    const all = await opened('en');
    const altered = Buffer.from(bundle);
    const at = altered.indexOf('"permit":"') + '"permit":"'.length + 60;
    altered[at] = altered[at] === 65 ? 66 : 65;
    const text = await choose(all, altered);
    expect(text).toContain('This file does not hold');
    expect(text).toMatch(/1[1-5] \((header|signer|signature|claims|signer-allowed)\)/);
    expect(text).toContain('/objects/permit');
    // The next file is judged by itself.
    expect(await choose(all, Buffer.from('{}'))).toContain('exact form');
    expect(await choose(all, Buffer.alloc(300_000, 32))).toContain('1 (size)');
    expect(all.errors).toEqual([]);
    await all.page.close();
  }, 60_000);

  it('may not connect, send a form, be framed or run anything else', async () => {
    const policy = (await fetch(`${base}/verify`)).headers.get('content-security-policy') ?? '';
    for (const rule of ["default-src 'none'", "connect-src 'none'", "form-action 'none'", "frame-ancestors 'none'"])
      expect(policy).toContain(rule);
    expect(policy).not.toContain('unsafe');
    const all = await opened('en');
    const outcome = await all.page.evaluate(() =>
      fetch('/verify').then(
        () => 'connected',
        () => 'refused',
      ),
    );
    expect(outcome).toBe('refused');
    await all.page.close();
  }, 60_000);

  it.each(LANGUAGES)(
    'has no barrier and no text of another language in %s',
    async (language) => {
      const all = await opened(language, { viewport: { width: 390, height: 844 } });
      expect(await all.page.getAttribute('html', 'lang')).toBe(language);
      const text = await choose(all, bundle);
      expect(text).not.toMatch(/\{|undefined/);
      expect(await violations(all)).toEqual([]);
      const isWide = await all.page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      expect([isWide, all.errors]).toEqual([false, []]);
      await all.page.close();
    },
    60_000,
  );

  it('tells a browser without script what else there is', async () => {
    const all = await opened('en', { javaScriptEnabled: false });
    expect(await all.page.innerText('main')).toContain('bayway verify FILE');
    await all.page.close();
  }, 60_000);
});
