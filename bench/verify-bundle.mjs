/** What verifying an evidence bundle takes, with nothing remembered from one to the next; the floor is its signatures alone. */
import { createPublicKey, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { verifyBundle } from '@bayway/bundle';
import { newBundle } from '@bayway/testing';

const TIMES = 200;

/** Milliseconds of each run, sorted. */
async function timed(work) {
  const times = [];
  for (let n = 0; n < TIMES; n += 1) {
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  }
  return times.sort((a, b) => a - b);
}

/** The ES256 signatures of a bundle, with the keys they are by. */
function signaturesOf(bytes, pins) {
  const { keys, objects } = JSON.parse(Buffer.from(bytes).toString());
  const part = (jws, n) => JSON.parse(Buffer.from(jws.split('.')[n], 'base64url').toString());
  const lines = Object.entries(keys).flatMap(([side, own]) => own.map(({ line }) => ({ jws: line, jwk: pins[side] })));
  const known = new Map(lines.map(({ jws }) => [part(jws, 1).kid, part(jws, 1).key]));
  const signed = Object.values(objects)
    .flat()
    .map((jws) => ({ jws, jwk: known.get(part(jws, 0).kid) }));
  return [...lines, ...signed].map(({ jws, jwk }) => {
    const end = jws.lastIndexOf('.');
    return { text: Buffer.from(jws.slice(0, end)), signature: Buffer.from(jws.slice(end + 1), 'base64url'), jwk };
  });
}

export default async () => {
  const { world, bytes } = await newBundle({ third: true, others: 2_000, acts: ['a', 'b', 'c'], rules: 40 });
  const verdict = await verifyBundle(bytes, world.pins);
  if (!verdict.ok) throw new Error('the bundle of the bench does not verify');
  const times = await timed(() => verifyBundle(bytes, world.pins));
  const signatures = signaturesOf(bytes, world.pins);
  const bare = await timed(() => {
    for (const { text, signature, jwk } of signatures)
      verify(
        'sha256',
        text,
        { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
        signature,
      );
  });
  const [middle, floor] = [times, bare].map((sorted) => sorted[TIMES / 2]);
  const note = `${bytes.length} bytes, ${signatures.length} ES256 signatures; p99 ${times[Math.floor(TIMES * 0.99)].toFixed(1)} ms`;
  return [{ name: 'verify an evidence bundle', unit: 'ms', value: middle, floor, note }];
};
