import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { testTrust, type TestTrust } from '@bayway/testing';
import fc from 'fast-check';
import { z } from 'zod';
import {
  canonical,
  commitmentTo,
  digestOf,
  encryptTo,
  decryptValue,
  EnvelopeError,
  epochSeconds,
  newKey,
  openRecord,
  randomName,
  sealRecord,
  sign,
  signedTypes,
  verify,
  type Expectation,
  type KeyDirectory,
  type RecordClaims,
  type SignedType,
} from '../src/index.js';

const Claims = z.strictObject({ iss: z.string(), iat: z.int(), exp: z.int(), text: z.string() });
let trust: TestTrust;
let keys: KeyDirectory;
beforeAll(async () => {
  trust = await testTrust([
    ['hk/participant/some-bank', ['sig', 'enc']],
    ['hk/participant/other-bank', ['sig']],
    ['cn/participant/some-agency', ['sig']],
  ]);
  keys = await trust.directory();
});

const now = new Date();
const claims = (over: Partial<z.infer<typeof Claims>> = {}) => ({
  iss: 'hk/broker',
  iat: epochSeconds(now),
  exp: epochSeconds(now) + 60,
  text: 'x',
  ...over,
});
const expectation = (over: Partial<Expectation<typeof Claims>> = {}): Expectation<typeof Claims> => ({
  type: 'assessment',
  schema: Claims,
  by: 'hk/broker',
  keys,
  at: now,
  ...over,
});
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (e: unknown) => (e instanceof EnvelopeError ? e.code : String(e)),
  );

describe('a signed object', () => {
  it('is accepted from the owner that may sign it', async () => {
    const jws = await sign(trust.key('hk/broker', 'sig'), 'assessment', claims());
    expect(await verify(jws, expectation())).toEqual(claims());
  });

  it.each([
    ['another type', () => sign(trust.key('hk/broker', 'sig'), 'permit', claims()), 'signature-invalid'],
    ['another owner', () => sign(trust.key('cn/broker', 'sig'), 'assessment', claims()), 'signer-not-allowed'],
    [
      'a key of another use',
      () => sign(trust.key('hk/identity', 'oidc'), 'assessment', claims()),
      'signer-not-allowed',
    ],
    ['a key nobody entered', async () => sign(await newKey('sig'), 'assessment', claims()), 'signer-unknown'],
    [
      'an end in the past',
      () => sign(trust.key('hk/broker', 'sig'), 'assessment', claims({ exp: 1 })),
      'signed-object-expired',
    ],
    [
      'a time to come',
      () => sign(trust.key('hk/broker', 'sig'), 'assessment', claims({ iat: epochSeconds(now) + 600 })),
      'signed-object-expired',
    ],
    [
      'another shape',
      () => sign(trust.key('hk/broker', 'sig'), 'assessment', { ...claims(), more: 1 }),
      'signature-invalid',
    ],
    ['no signature at all', () => Promise.resolve('nonsense'), 'signature-invalid'],
  ])('is refused with %s', async (_name, make, expected) => {
    expect(await codeOf(verify(await make(), expectation()))).toBe(expected);
  });

  it('is refused after any change of any character', async () => {
    const jws = await sign(trust.key('hk/broker', 'sig'), 'assessment', claims());
    await fc.assert(
      fc.asyncProperty(fc.nat(jws.length - 1), fc.constantFrom('A', 'b', '3', '_'), async (at, letter) => {
        fc.pre(jws[at] !== letter && jws[at] !== '.');
        const altered = jws.slice(0, at) + letter + jws.slice(at + 1);
        fc.pre(!sameBytes(jws, altered));
        expect(await codeOf(verify(altered, expectation()))).not.toBe('accepted');
      }),
      { numRuns: 150, seed: 20261123 },
    );
  });

  it('is refused under a key that has ended', async () => {
    await trust.enter('mo/broker', ['sig'], {
      from: new Date(now.getTime() - 120_000),
      to: new Date(now.getTime() - 60_000),
    });
    const jws = await sign(trust.key('mo/broker', 'sig'), 'assessment', claims());
    expect(await codeOf(verify(jws, expectation({ by: 'mo/broker', keys: await trust.directory() })))).toBe(
      'signer-unknown',
    );
  });
});

/** Base64url has letters whose last bits say nothing: such a change changes no byte. */
const sameBytes = (a: string, b: string): boolean =>
  a
    .split('.')
    .every((part, i) => Buffer.from(part, 'base64url').equals(Buffer.from(b.split('.')[i] ?? '', 'base64url')));

describe('a revoked key', () => {
  it.each(Object.keys(signedTypes) as SignedType[])('signs no %s any more, whatever time it names', async (type) => {
    const key = trust.key('hk/participant/other-bank', 'sig');
    const by = 'hk/participant/other-bank';
    const jws = await sign(key, type, claims());
    const verified = async (at: Date) =>
      codeOf(verify(jws, expectation({ type, by, at, keys: await trust.directory() })));
    expect(await verified(now)).toBe('accepted');
    await trust.revoke(key);
    expect([await verified(new Date()), await verified(now)]).toEqual(['signer-unknown', 'signer-unknown']);
    await trust.enter(by, ['sig']);
    expect(await verified(now)).toBe('signer-unknown');
  });
});

describe('a sealed record', () => {
  const record = (): RecordClaims => ({
    iss: 'some-agency' as never,
    iat: epochSeconds(now),
    sub: randomName() as never,
    requestDigest: digestOf('request'),
    consentId: randomUUID() as never,
    dataset: 'credit-report' as never,
    items: { accounts: [{ lender: 'x' }] } as never,
    left_out: [],
    conditions: [],
  });

  it('is read by its recipient only, and names its holder', async () => {
    const recipient = trust.key('hk/participant/some-bank', 'enc');
    const sealed = await sealRecord(
      trust.key('cn/participant/some-agency', 'sig'),
      { kid: recipient.kid, key: recipient.publicKey },
      record(),
    );
    const opened = await openRecord(sealed, recipient, { by: 'cn/participant/some-agency', keys, at: now });
    expect(opened.record.items).toEqual(record().items);
    expect(
      await codeOf(openRecord(sealed, await newKey('enc'), { by: 'cn/participant/some-agency', keys, at: now })),
    ).toBe('signature-invalid');
    expect(await codeOf(openRecord(sealed, recipient, { by: 'hk/broker', keys, at: now }))).toBe('signer-not-allowed');
    const cut = sealed.split('.');
    cut[3] = `${cut[3]?.slice(0, -4)}AAAA`;
    expect(
      await codeOf(openRecord(cut.join('.'), recipient, { by: 'cn/participant/some-agency', keys, at: now })),
    ).toBe('signature-invalid');
  });

  it('carries small answers to one reader', async () => {
    const reader = await newKey('enc');
    expect(await decryptValue(await encryptTo({ kid: reader.kid, key: reader.publicKey }, { a: 1 }), reader)).toEqual({
      a: 1,
    });
  });
});

describe('a commitment', () => {
  it('does not depend on the order of members, and depends on everything else', () => {
    const salt = randomName();
    const one = commitmentTo(salt, { type: 'release.made', a: 1, b: 'x' });
    expect(commitmentTo(salt, { b: 'x', a: 1, type: 'release.made' })).toBe(one);
    expect(commitmentTo(randomName(), { type: 'release.made', a: 1, b: 'x' })).not.toBe(one);
    expect(commitmentTo(salt, { type: 'release.made', a: 2, b: 'x' })).not.toBe(one);
    expect(one).toMatch(/^[\w-]{43}$/);
  });

  it('rests on RFC 8785: the sample of its section 3.2.3', () => {
    const sample = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 1e-27],
      string: '\u20ac$\u000f\nA\'B"\\\\"/',
      literals: [null, true, false],
    };
    expect(canonical(sample)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
    expect(() => canonical(undefined)).toThrow(TypeError);
  });
});
