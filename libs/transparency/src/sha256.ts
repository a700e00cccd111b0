// SHA-256 (FIPS 180-4), synchronous, because a log hashes several short blocks per entry and WebCrypto answers only
// asynchronously. Every input here is public, so timing does not matter.
const K = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
]);
const INITIAL = new Int32Array([
  0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
]);
const BLOCK = 64;
const schedule = new Int32Array(64);
const state = new Int32Array(8);

const rotate = (x: number, n: number) => (x >>> n) | (x << (32 - n));

function fillSchedule(view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(offset + 4 * i);
  for (let i = 16; i < 64; i++) {
    const x = schedule[i - 15]!;
    const y = schedule[i - 2]!;
    const s0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
    const s1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
    schedule[i] = (schedule[i - 16]! + s0 + schedule[i - 7]! + s1) | 0;
  }
}

function compress(view: DataView, offset: number): void {
  fillSchedule(view, offset);
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let d = state[3]!;
  let e = state[4]!;
  let f = state[5]!;
  let g = state[6]!;
  let h = state[7]!;
  for (let i = 0; i < 64; i++) {
    const s1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + K[i]! + schedule[i]!) | 0;
    const s0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + t1) | 0;
    d = c;
    c = b;
    b = a;
    a = (t1 + t2) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

// The last one or two blocks: the rest of the data, a one bit, zeroes and the length. Used again and again, because most
// inputs of a log are no longer than this.
const tail = new Uint8Array(2 * BLOCK);
const tailView = new DataView(tail.buffer);

/** Writes the padding behind `rest` bytes of data in `tail`; answers the bytes that count. */
function pad(rest: number, length: number): number {
  const size = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
  tail.fill(0, rest, size);
  tail[rest] = 0x80;
  tailView.setUint32(size - 8, Math.floor(length / 2 ** 29));
  tailView.setUint32(size - 4, length << 3);
  return size;
}

/**
 * SHA-256 of `data` (any length up to 2^53 bits).
 *
 * @returns 32 new bytes
 */
export function sha256(data: Uint8Array): Uint8Array {
  state.set(INITIAL);
  const rest = data.length % BLOCK;
  const whole = data.length - rest;
  if (whole > 0) {
    const view = new DataView(data.buffer, data.byteOffset, whole);
    for (let offset = 0; offset < whole; offset += BLOCK) compress(view, offset);
  }
  for (let i = 0; i < rest; i++) tail[i] = data[whole + i]!;
  const size = pad(rest, data.length);
  for (let offset = 0; offset < size; offset += BLOCK) compress(tailView, offset);

  const digest = new Uint8Array(32);
  for (let i = 0; i < 8; i++) {
    const word = state[i]!;
    digest[4 * i] = word >>> 24;
    digest[4 * i + 1] = word >>> 16;
    digest[4 * i + 2] = word >>> 8;
    digest[4 * i + 3] = word;
  }
  return digest;
}
