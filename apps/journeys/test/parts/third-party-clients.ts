import { expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { withAuthJs } from '../../src/apps/auth-js.js';
import { withBrowserApp } from '../../src/apps/browser-app.js';
import { withOauth4webapi, withOpenidClient, type Seen } from '../../src/apps/certified.js';
import { withPassport } from '../../src/apps/passport.js';
import type { System } from '../../src/system.js';

const CLIENTS: readonly (readonly [string, (system: System, browser: Browser) => Promise<Seen>])[] = [
  ['openid-client, under FAPI 2.0', withOpenidClient],
  ['oauth4webapi', withOauth4webapi],
  ['Auth.js', withAuthJs],
  ['passport-openidconnect', withPassport],
  ['oidc-client-ts in Chromium', withBrowserApp],
];

/** Libraries as they come from their makers: an app registers, somebody signs in, stays, and signs out. */
export function thirdPartyClients(system: () => System, browser: () => Browser): void {
  it.each(CLIENTS)(
    'with %s: she signs in, the app refreshes, she signs out',
    async (_name, walk) => {
      const seen = await walk(system(), browser());
      expect(seen.sub).toMatch(/^[A-Za-z0-9_-]{43}$/);
      expect(seen.refreshedSub).toBe(seen.sub);
      const [first, second] = seen.accessTokens;
      expect(second).toBeTruthy();
      expect(second).not.toBe(first);
      expect(seen.signedOutAt).toBe('/bye');
    },
    60_000,
  );
}
