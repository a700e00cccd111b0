import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import type { System } from '../system.js';
import { MEI_YEE, PIN } from '../walk.js';
import type { Seen } from './certified.js';
import { issuerOf, listen, register } from './register.js';

const LIBRARY = createRequire(import.meta.url)
  .resolve('oidc-client-ts')
  .replace(/dist\/.*$/, 'dist/browser/oidc-client-ts.min.js');

const pageFor = (settings: object): string => `<!doctype html><title>app</title>
<button id="in">in</button><button id="renew">renew</button><button id="out">out</button><pre id="who"></pre>
<script src="/oidc-client-ts.js"></script>
<script>
  const manager = new oidc.UserManager(${JSON.stringify(settings)});
  const by = (id) => document.getElementById(id);
  const show = (user) => { by('who').textContent = JSON.stringify({ sub: user.profile.sub, access: user.access_token }); };
  const failed = (error) => { by('who').textContent = 'failed: ' + error.message; };
  by('in').onclick = () => manager.signinRedirect().catch(failed);
  by('renew').onclick = () => manager.signinSilent().then(show, failed);
  by('out').onclick = () => manager.signoutRedirect().catch(failed);
  if (location.pathname === '/cb') manager.signinRedirectCallback().then(show, failed);
</script>`;

type Shown = { sub: string; access: string };
async function shown(page: Page, other?: string): Promise<Shown> {
  await page.waitForFunction(
    `document.getElementById('who')?.textContent && !document.getElementById('who').textContent.includes(${JSON.stringify(other ?? '\n')})`,
    undefined,
    { timeout: 20_000 },
  );
  return JSON.parse((await page.locator('#who').textContent()) ?? '') as Shown;
}

/** A page without a server of its own, with `oidc-client-ts` in Chromium: no secret, PKCE, calls across origins. */
export async function withBrowserApp(system: System, browser: Browser): Promise<Seen> {
  let html = '';
  const server = await listen((request, response) => {
    const script = request.url === '/oidc-client-ts.js';
    response.setHeader('content-type', script ? 'text/javascript' : 'text/html');
    response.end(script ? readFileSync(LIBRARY) : html);
  });
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    const client = await register(system, {
      client_name: 'In the browser',
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${server.url}/cb`],
      post_logout_redirect_uris: [`${server.url}/bye`],
    });
    html = pageFor({
      authority: issuerOf(system),
      client_id: client.client_id,
      redirect_uri: `${server.url}/cb`,
      post_logout_redirect_uri: `${server.url}/bye`,
      automaticSilentRenew: false,
    });
    const page = await context.newPage();
    await page.goto(server.url);
    await page.locator('#in').click();
    await page.locator('a[href*="/to/hong-kong"]').first().click();
    await page.locator('#account').fill(MEI_YEE.login);
    await page.locator('#pin').fill(PIN);
    await page.locator('#sign-in').click();
    await page.waitForURL(`${server.url}/**`);
    const first = await shown(page);
    await page.locator('#renew').click();
    const second = await shown(page, first.access);
    await page.locator('#out').click();
    await page.locator('button[name=logout]').click();
    await page.waitForURL(`${server.url}/bye*`);
    return {
      sub: first.sub,
      refreshedSub: second.sub,
      accessTokens: [first.access, second.access],
      signedOutAt: new URL(page.url()).pathname,
    };
  } finally {
    await context.close();
    await server.stop();
  }
}
