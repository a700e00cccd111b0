import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verifyBundle } from '@bayway/bundle';
import { DomainError } from '@bayway/contracts';
import { evidenceOf, freePort, newBundle, newRefusal } from '@bayway/testing';
import { encodeTile, type HashTile, parseTilePath } from '@bayway/transparency';
import { BundlesService } from '../src/bundles/bundles.service.js';

type Made = Awaited<ReturnType<typeof newBundle>>;
type Side = 'cn' | 'hk' | 'mo';

let made: Made;
let server: Server;
let urls: Record<Side, string>;
/** Set to make the public evidence of a side answer like this instead. */
let odd: ((side: Side, what: string) => { status: number; body?: string } | undefined) | undefined;

beforeAll(async () => {
  made = await newBundle();
  server = served();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  urls = { cn: `${base}/cn`, hk: `${base}/hk`, mo: `${base}/mo` };
}, 60_000);
afterAll(() => void server.close());

/** Public evidence of three sides over HTTP, each below a path of its own. */
function served(): Server {
  const answer = async (url: URL): Promise<{ status: number; body?: string | Uint8Array }> => {
    const [, side, what, ...rest] = url.pathname.split('/') as [string, Side, string, ...string[]];
    const other = odd?.(side, what);
    if (other) return other;
    const source = evidenceOf(made.world.logs);
    if (what === 'key-directory')
      return { status: 200, body: JSON.stringify({ lines: await source.lines(url.searchParams.get('owner') ?? '') }) };
    if (what === 'tile') {
      const tile = parseTilePath(`tile/${rest.join('/')}`) as HashTile;
      return { status: 200, body: encodeTile(tile, made.world.logs[side].tree.hashOf) };
    }
    const body = await source.proof(side, rest[0] ?? '');
    return body === undefined ? { status: 404 } : { status: 200, body };
  };
  return createServer((request, response) => {
    void answer(new URL(request.url ?? '', 'http://here')).then(({ status, body }) => {
      response.statusCode = status;
      response.end(body);
    });
  });
}

const service = (over: Partial<Record<Side, string>> = {}, roots = made.world.pins) =>
  new BundlesService({ EVIDENCE_URLS: { ...urls, ...over }, ROOTS: roots } as never);

/** The problem that making a bundle of these parts ends with. */
async function problem(parts: unknown, by = service()): Promise<{ code: string; detail: unknown }> {
  const error: unknown = await by.make(parts as never).catch((thrown: unknown) => thrown);
  if (!(error instanceof DomainError)) throw new Error(`no problem: ${String(error)}`);
  return { code: error.code, detail: error.members['detail'] };
}

describe('making a bundle', () => {
  it('gives bytes that verify', async () => {
    odd = undefined;
    const bytes = await service().make(made.parts as never);
    expect(await verifyBundle(bytes, made.world.pins)).toMatchObject({ ok: true });
  });

  it.each([
    ['nothing', {}],
    ['no records', { objects: {} }],
    ['a word', 'all'],
  ])('of %s is no request', async (_name, parts) => {
    expect(await problem(parts)).toMatchObject({ code: 'request-invalid' });
  });

  it('is incomplete when the records of a side are missing, as when their salts are destroyed', async () => {
    odd = undefined;
    const { objects, records } = made.parts;
    for (const side of ['importer', 'exporter'] as const) {
      const found = await problem({ objects, records: { ...records, [side]: [] } });
      expect([found.code, found.detail]).toEqual([
        'evidence-incomplete',
        expect.stringMatching(new RegExp(`^record-missing: .* of the ${side}$`)),
      ]);
    }
  });

  it('is incomplete when no directory has a key that signed, or an object has another shape', async () => {
    odd = (_side, what) => (what === 'key-directory' ? { status: 200, body: '{"lines":[]}' } : undefined);
    expect(await problem(made.parts)).toMatchObject({ code: 'evidence-incomplete' });
    odd = undefined;
    const objects = { ...made.parts.objects, permit: made.parts.objects.request };
    expect(await problem({ ...made.parts, objects })).toMatchObject({ code: 'evidence-incomplete' });
  });

  it('is incomplete, and says which check, when what was made does not verify', async () => {
    odd = undefined;
    const { world } = await newRefusal();
    expect(await problem(made.parts, service({}, world.pins))).toEqual({
      code: 'evidence-incomplete',
      detail: 'check 5 does not hold',
    });
  });

  it('waits for witnesses, for as long as it may', async () => {
    odd = (side, what) => (side === 'cn' && what === 'proofs' ? { status: 404 } : undefined);
    const making = service().make(made.parts as never);
    setTimeout(() => (odd = undefined), 1_200);
    expect((await making).length).toBeGreaterThan(0);
    odd = (side, what) => (side === 'cn' && what === 'proofs' ? { status: 404 } : undefined);
    expect(await problem(made.parts)).toMatchObject({ code: 'evidence-not-witnessed' });
  }, 30_000);

  it.each<[string, NonNullable<typeof odd>]>([
    ['is down', () => ({ status: 502 })],
    ['answers in another shape', (_side, what) => (what === 'key-directory' ? { status: 200, body: '[]' } : undefined)],
    ['answers no JSON', (_side, what) => (what === 'key-directory' ? { status: 200, body: '<p>' } : undefined)],
  ])('ends with a clear problem when a log %s', async (_name, how) => {
    odd = how;
    expect(await problem(made.parts)).toMatchObject({ code: 'service-unavailable' });
  });

  it.each<[string, { status: number; body: string }]>([
    ['a proof that is none', { status: 200, body: 'not a proof\n' }],
    ['a page in place of a proof', { status: 200, body: '<html></html>' }],
  ])('ends with a clear problem when a log gives %s', async (_name, answer) => {
    odd = (_side, what) => (what === 'proofs' ? answer : undefined);
    expect(await problem(made.parts)).toMatchObject({ code: 'service-unavailable' });
  });

  it('ends with a clear problem when a jurisdiction’s log cannot be reached', async () => {
    odd = undefined;
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    expect(await problem(made.parts, service({ hk: nowhere }))).toMatchObject({ code: 'service-unavailable' });
  });
});
