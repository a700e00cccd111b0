import type { Server } from 'node:http';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CITIES, JURISDICTIONS, LANGUAGES } from '@bayway/domain';
import { launchBrowser } from '@bayway/testing';
import type { Browser } from 'playwright-core';
import { closed, listening } from '../../test/listen.js';
import { PERSONAS } from '../population/personas.js';
import { SANDBOX_PIN } from '../population/person.js';
import { landingApp } from './app.js';
import type { Links, ServiceLink } from './links.js';
import { words } from './words.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const NOWHERE = 'http://127.0.0.1:9';

let ready: { base: string; server: Server };
let starting: { base: string; server: Server };
let silent: { base: string; server: Server };
let landing: { base: string; server: Server };
let links: Links;
let browser: Browser;

const answering = (status: number) => listening(() => (_request, response) => response.writeHead(status).end());
const services = (base: string): ServiceLink[] =>
  JURISDICTIONS.flatMap((jurisdiction) =>
    (['identity', 'consent', 'broker', 'evidence', 'console'] as const).map((service) => ({
      jurisdiction,
      service,
      url: `${base}/${jurisdiction}-${service}`,
    })),
  );

beforeAll(async () => {
  [ready, starting] = await Promise.all([answering(200), answering(503)]);
  silent = await listening(() => () => undefined);
  const connector = { jurisdiction: 'cn', service: 'connector', url: starting.base, address: 'a-<holder>' } as const;
  links = {
    bank: ready.base,
    mailbox: silent.base,
    cities: NOWHERE,
    services: [...services(ready.base), connector],
  };
  landing = await listening(() => landingApp(links));
  browser = await launchBrowser();
}, 60_000);
afterAll(async () => {
  await browser.close();
  for (const { server } of [ready, starting, silent, landing]) await closed(server);
});

const page = async (query = '') => (await fetch(`${landing.base}/${query}`)).text();
const hrefs = (html: string) => [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);

describe('the landing page', () => {
  it('leads to the bank, the portals, the APIs, the providers, the logs, the mailbox and the cities', async () => {
    const led = hrefs(await page('?ui_locales=en'));
    const expected = [
      links.bank,
      links.mailbox,
      ...JURISDICTIONS.flatMap((jurisdiction) => [
        `${ready.base}/${jurisdiction}-console/?ui_locales=en`,
        `${ready.base}/${jurisdiction}-identity/.well-known/openid-configuration`,
        `${ready.base}/${jurisdiction}-evidence/checkpoint`,
        ...['consent', 'broker', 'evidence', 'console'].map(
          (service) => `${ready.base}/${jurisdiction}-${service}/openapi.json`,
        ),
      ]),
      ...CITIES.map(({ slug }) => `${links.cities}/${slug}/.well-known/openid-configuration`),
    ];
    expect(led).toEqual(expect.arrayContaining(expected));
    expect(CITIES).toHaveLength(12);
  });

  it('tells at each load what is ready, what is not yet, and what does not answer in time', async () => {
    const begun = Date.now();
    const html = await page('?ui_locales=en');
    expect(Date.now() - begun).toBeLessThan(4_000);
    expect(html.match(/Ready</g)).toHaveLength(16);
    expect(html.match(/Not ready yet</g)).toHaveLength(1);
    expect(html.match(/Not reached</g)).toHaveLength(2);
  });

  it.each(LANGUAGES)('names in %s everybody who may sign in, with the PIN', async (language) => {
    const html = await page(`?ui_locales=${language}`);
    expect(html).toContain(`<html lang="${language}"`);
    expect(html).toContain(SANDBOX_PIN);
    for (const { login, name } of PERSONAS) {
      expect(html).toContain(login);
      expect(html).toContain(name.latin);
      expect(html).toContain(words[language].personas[login]);
    }
  });

  it('escapes what its settings say', async () => {
    expect(await page()).toContain('a-&lt;holder&gt;');
  });

  it('needs no script, sends no form, and says so in its policy', async () => {
    const response = await fetch(landing.base);
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(response.headers.get('content-security-policy')).not.toContain('script-src');
    expect(await response.text()).not.toMatch(/<script|<form|style=/);
  });

  it('serves the files it needs', async () => {
    const needed = hrefs(await page()).filter((href) => href?.startsWith('/assets/'));
    expect(needed).toHaveLength(2);
    for (const path of needed) expect((await fetch(landing.base + path)).status).toBe(200);
  });

  it.each(LANGUAGES)(
    'has nothing against WCAG 2.2 AA in %s, and fits a phone and a desk',
    async (language) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 800 }, bypassCSP: true });
      const tab = await context.newPage();
      await tab.goto(`${landing.base}/?ui_locales=${language}`);
      await tab.addScriptTag({ content: axe });
      for (const width of [1440, 360]) {
        await tab.setViewportSize({ width, height: 800 });
        const beyond = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
        expect(await tab.evaluate(beyond)).toBe(0);
      }
      const found = (await tab.evaluate('axe.run()')) as { violations: { id: string; help: string }[] };
      expect(found.violations.map(({ id, help }) => `${id}: ${help}`)).toEqual([]);
      await context.close();
    },
    120_000,
  );
});

describe('its words', () => {
  it('have a line for each persona and no other, in every language', () => {
    const logins = PERSONAS.map(({ login }) => login).sort();
    for (const language of LANGUAGES) expect(Object.keys(words[language].personas).sort()).toEqual(logins);
  });
});
