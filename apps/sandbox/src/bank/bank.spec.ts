import { randomUUID } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EndStatementClaims } from '@bayway/contracts';
import { epochSeconds, newKey, sign, verify } from '@bayway/envelope';
import { testTrust, type TestTrust } from '@bayway/testing';
import { BANK, BaywayStandIn, HOLDER } from '../../test/bayway-stand-in.js';
import { Browser, type Opened } from '../../test/browser.js';
import { closed, listening } from '../../test/listen.js';
import { bankApp } from './app.js';
import { openBankKeys } from './keys.js';
import type { BankSettings } from './settings.js';

const faults: string[] = [];
const servers: Server[] = [];
let trust: TestTrust;
let bayway: BaywayStandIn;
let base: string;
let settings: BankSettings;

beforeAll(async () => {
  trust = await testTrust([
    [BANK, ['client', 'sig', 'enc']],
    [HOLDER, ['sig']],
    ['cn/participant/other-agency', ['sig']],
  ]);
  bayway = new BaywayStandIn(trust);
  const keys = await openBankKeys(trust.keysDir(BANK), trust.kek);
  // The bank's address is known only when it listens, and the provider must know the bank's callback.
  const served: { bank?: ReturnType<typeof bankApp> } = {};
  const own = await listening(() => (req, res) => served.bank!(req, res));
  const other = await listening((at) => bayway.app(at, `${own.base}/cb`));
  base = own.base;
  servers.push(own.server, other.server);
  const root = trust.roots.get('cn')!.publicKey;
  settings = {
    base,
    portal: 'http://localhost:4540',
    participant: 'tsing-wan-bank',
    issuer: other.base,
    broker: `${other.base}/broker`,
    audience: 'urn:bayway:hk:broker',
    keys,
    directories: {
      cn: { url: `${other.base}/evidence`, root },
      hk: { url: `${other.base}/evidence-hk`, root: trust.roots.get('hk')!.publicKey },
    },
  };
  served.bank = bankApp(settings, (fault) => faults.push(fault));
});
afterAll(() => Promise.all(servers.map(closed)));

beforeEach(() => {
  const signer = trust.key(HOLDER, 'sig');
  Object.assign(bayway.behaviour, {
    answer: 'allow',
    refusal: null,
    settles: 'ready',
    signer,
    record: {},
    silent: 0,
    granted: {},
  });
  Object.assign(bayway.seen, { requests: [], receipts: [], keys: new Set(), authorization: new Set(), statements: [] });
  faults.length = 0;
});

async function look(browser: Browser, page: Opened): Promise<Opened> {
  let now = page;
  for (let n = 0; n < 100 && now.text.includes('id="working"'); n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    now = await browser.open(page.url);
  }
  return now;
}

async function apply(browser = new Browser(), fields: Record<string, string> = {}): Promise<Opened> {
  const page = await browser.submit(await browser.open(base), { purpose: 'credit-underwriting', uses: '3', ...fields });
  return look(browser, page);
}

const codeOf = ({ text }: Opened) => /id="outcome" data-code="([^"]+)"/.exec(text)?.[1];
const textOf = ({ text }: Opened, id: string) =>
  new RegExp(`id="${id}"[^>]*>(?:<code>)?([^<]*)`).exec(text)?.[1]?.trim();

describe('the bank', () => {
  it('obtains a report: signed request, decryption, verification, receipt', async () => {
    const page = await apply();
    expect(codeOf(page)).toBeUndefined();
    expect(page.text).toContain('陳美怡');
    expect(page.text).toContain('None on file');
    expect(textOf(page, 'signer')).toBe('cn/participant/pengwan-credit');
    expect(textOf(page, 'left-out')).toBe('guarantees (CN.CRIR.16)');
    expect(textOf(page, 'conditions')).toBe('delete-by by 2027-07-31');
    const [request] = bayway.seen.requests;
    expect(request).toMatchObject({
      iss: 'tsing-wan-bank',
      recipient_key: trust.key(BANK, 'enc').kid,
      purpose: { code: 'credit-underwriting' },
    });
    expect(bayway.seen.receipts).toHaveLength(1);
    expect([...bayway.seen.authorization]).toEqual(['DPoP string']);
    expect(faults).toEqual([]);
  });

  it('fetches once more under the same consent, as another request', async () => {
    const browser = new Browser();
    const first = await apply(browser);
    const second = await look(browser, await browser.submit(first, {}));
    expect(textOf(second, 'fetched')).toContain('2 times');
    const [a, b] = bayway.seen.requests;
    expect(b!.consent_id).toBe(a!.consent_id);
    expect(b!.jti).not.toBe(a!.jti);
    expect(bayway.seen.keys.size).toBe(2);
  });

  it('says when a consent was withdrawn meanwhile, and shows the report no longer', async () => {
    const browser = new Browser();
    const first = await apply(browser);
    bayway.behaviour.settles = { problem: 'consent-withdrawn' };
    const second = await look(browser, await browser.submit(first, {}));
    expect(codeOf(second)).toBe('consent-withdrawn');
    expect(second.text).not.toContain('陳美怡');
  });

  it('shows rule and article when the law refuses before anyone is asked', async () => {
    bayway.behaviour.refusal = {
      code: 'request-not-lawful',
      rule: 'CN.PIPL.38',
      article: 'Article 38',
      jurisdiction: 'cn',
      reasons: [],
    };
    const page = await apply(new Browser(), { purpose: 'direct-marketing' });
    expect([page.status, codeOf(page)]).toEqual([403, 'invalid_authorization_details']);
    expect([textOf(page, 'rule'), textOf(page, 'article'), textOf(page, 'jurisdiction')]).toEqual([
      'CN.PIPL.38',
      'Article 38',
      'cn',
    ]);
  });

  it.each(['access_denied', 'unmet_authentication_requirements'] as const)('explains %s', async (answer) => {
    bayway.behaviour.answer = answer;
    const page = await apply();
    expect(codeOf(page)).toBe(answer);
    expect(bayway.seen.requests).toEqual([]);
    expect(page.text).not.toContain('id="again"');
  });

  it('explains a refusal by the rules at release', async () => {
    bayway.behaviour.settles = 'refused';
    const page = await apply();
    expect(codeOf(page)).toBe('request-not-permitted-yet');
    expect([textOf(page, 'rule'), textOf(page, 'reasons')]).toEqual(['CN.CRIR.18', 'written-consent']);
  });

  it('asks again when the broker does not answer for a while', async () => {
    bayway.behaviour.silent = 2;
    expect(codeOf(await apply())).toBeUndefined();
    expect(bayway.seen.requests).toHaveLength(1);
  });
});

describe('a record the bank does not accept', () => {
  const refused = async () => {
    const page = await apply();
    expect(codeOf(page)).toBe('bank-fault');
    expect(page.text).not.toContain('陳美怡');
    expect(bayway.seen.receipts).toEqual([]);
    return faults.join();
  };

  it('is signed by another agency', async () => {
    bayway.behaviour.signer = trust.key('cn/participant/other-agency', 'sig');
    expect(await refused()).toContain('not signed with a key of cn/participant/pengwan-credit');
  });

  it('is signed with a key that is in no directory', async () => {
    bayway.behaviour.signer = await newKey('sig');
    expect(await refused()).toContain('not signed with a key');
  });

  it.each([{ sub: 'A'.repeat(43) }, { requestDigest: 'A'.repeat(43) }, { items: { 'public-records': [] } }])(
    'is about something else: %j',
    async (change) => {
      bayway.behaviour.record = change as never;
      expect(await refused()).toContain('not the one that was asked for');
    },
  );

  it('comes under a directory that was cut or forged', async () => {
    const lines = trust.lines.get('cn')!;
    const whole = [...lines];
    lines.splice(1, 1);
    expect(await refused()).toContain('breaks at line 1');
    lines.splice(0, lines.length, ...whole);
  });

  it('was granted under other terms than asked', async () => {
    bayway.behaviour.granted = { items: ['subject-name', 'public-records'] };
    await refused();
    expect(faults.join()).toContain('another record was granted');
  });
});

describe('the bank’s source', () => {
  it('uses none of Bayway’s own code: a partner can do the same with what it gets elsewhere', async () => {
    const files = (await readdir(import.meta.dirname)).filter((file) => !file.endsWith('.spec.ts'));
    const sources = await Promise.all(files.map((file) => readFile(`${import.meta.dirname}/${file}`, 'utf8')));
    expect(files.length).toBeGreaterThan(5);
    expect(sources.flatMap((source) => source.match(/from '(@bayway\/|\.\.\/(?!web\/))[^']*/g) ?? [])).toEqual([]);
  });
});

describe('the bank’s pages', () => {
  it('belong to the browser that made the application', async () => {
    const page = await apply();
    expect(await new Browser().open(page.url)).toMatchObject({ status: 404 });
    expect(await new Browser().open(`${base}/cb?state=x&code=y`)).toMatchObject({ status: 400 });
  });

  it('take a callback once', async () => {
    const browser = new Browser();
    const form = await browser.open(base);
    const callback = await browser.submit(form, { purpose: 'credit-underwriting', uses: '3' }, `${base}/cb`);
    const first = await browser.open(callback.url);
    expect(first.status).toBe(200);
    expect((await browser.open(callback.url)).status).toBe(400);
    await look(browser, first);
  });

  it('refuse a form with other values', async () => {
    const browser = new Browser();
    const wrong: Record<string, string>[] = [{ purpose: 'anything' }, { uses: '0' }, { uses: 'x' }];
    for (const fields of wrong) {
      expect((await apply(browser, fields)).status).toBe(422);
    }
    expect(bayway.seen.requests).toEqual([]);
  });

  it('say that the sign-in service does not answer', async () => {
    const nowhere = await listening(() =>
      bankApp({ ...settings, issuer: 'http://127.0.0.1:9' }, (fault) => faults.push(fault)),
    );
    const browser = new Browser();
    const page = await browser.submit(await browser.open(nowhere.base), { purpose: 'credit-underwriting', uses: '1' });
    await closed(nowhere.server);
    expect(codeOf(page)).toBe('temporarily_unavailable');
  });
});

describe('a webhook', () => {
  const webhook = async (over: Record<string, unknown> = {}, by = 'hk/broker') => {
    const consentId = bayway.seen.requests[0]?.consent_id ?? randomUUID();
    const told = { iss: 'hk/broker', aud: 'tsing-wan-bank', jti: randomUUID(), iat: epochSeconds(new Date()) };
    const claims = {
      ...told,
      event: 'consent.ended',
      consentId,
      state: 'withdrawn',
      at: new Date().toISOString(),
      ...over,
    };
    return { consentId, jws: await sign(trust.key(by, 'sig'), 'webhook', claims) };
  };
  const send = (jws: string) =>
    fetch(`${base}/webhooks`, { method: 'POST', headers: { 'content-type': 'application/jwt' }, body: jws });
  const read = async (statement: string) =>
    verify(statement, {
      type: 'endStatement',
      schema: EndStatementClaims,
      by: BANK,
      keys: await trust.directory(),
      at: new Date(),
    });

  it('of a withdrawal is answered with a signed word; the report is gone, and the deletion is signed for', async () => {
    const browser = new Browser();
    const page = await apply(browser);
    const { consentId, jws } = await webhook();
    const answer = await send(jws);
    const { statement } = (await answer.json()) as { statement: string };
    expect(await read(statement)).toMatchObject({ consentId, what: 'withdrawal', deleteBy: expect.any(String) });
    const after = await browser.open(page.url);
    expect([codeOf(after), after.text.includes('陳美怡')]).toEqual(['consent-withdrawn', false]);
    for (let n = 0; n < 100 && bayway.seen.statements.length === 0; n += 1)
      await new Promise((done) => setTimeout(done, 50));
    expect(await read(bayway.seen.statements[0] ?? '')).toMatchObject({ consentId, what: 'deletion' });
  });

  it('of another end asks for nothing', async () => {
    expect((await send((await webhook({ state: 'expired' })).jws)).status).toBe(204);
  });

  it.each([
    ['signed by another jurisdiction’s broker', {}, 'cn/broker'],
    ['signed by the jurisdiction’s consent', {}, 'hk/consent'],
    ['for another partner', { aud: 'lek-yuen-finance' }, 'hk/broker'],
  ])('deny: %s', async (_name, over, by) => {
    const page = await apply();
    expect((await send((await webhook(over, by)).jws)).status).toBe(400);
    expect(codeOf(page)).toBeUndefined();
    expect((await send('nothing')).status).toBe(400);
  });
});
