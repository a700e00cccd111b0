import { ed25519Verifier } from '@bayway/transparency';
import { bytesOf, digestOf, fromBase64url } from './encoding.js';

/** What verifying takes from the platform. */
export type Signatures = Readonly<{
  es256: (key: EcKey, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
  ed25519: (x: string, message: Uint8Array, signature: Uint8Array) => Promise<boolean>;
}>;
export type EcKey = Readonly<{ x: string; y: string }>;

const { subtle } = globalThis.crypto;
const EC = { name: 'ECDSA', namedCurve: 'P-256' };
const SHA = { name: 'ECDSA', hash: 'SHA-256' };
/** WebCrypto takes bytes in unshared memory only. */
const own = (bytes: Uint8Array) => Uint8Array.from(bytes);

/**
 * Signatures by WebCrypto, as node and browsers have it. A key that is no point of its curve has signed nothing.
 * Keys are imported once for each value made here.
 */
export function webSignatures(): Signatures {
  const keys = new Map<string, ReturnType<typeof subtle.importKey>>();
  const verifiers = new Map<string, ReturnType<typeof ed25519Verifier>>();
  const imported = ({ x, y }: EcKey) => {
    const id = `${x}.${y}`;
    const key = keys.get(id) ?? subtle.importKey('jwk', { kty: 'EC', crv: 'P-256', x, y }, EC, false, ['verify']);
    keys.set(id, key);
    return key;
  };
  return {
    es256: async (key, message, signature) => {
      try {
        return await subtle.verify(SHA, await imported(key), own(signature), own(message));
      } catch {
        return false;
      }
    },
    ed25519: async (x, message, signature) => {
      const verifier = verifiers.get(x) ?? ed25519Verifier(fromBase64url(x));
      verifiers.set(x, verifier);
      return verifier(message, signature).catch(() => false);
    },
  };
}

/** A compact JWS, taken apart. */
export type Parts = Readonly<{ header: string; payload: string; signed: Uint8Array; signature: Uint8Array }>;

/** Takes a JWS apart that the format has let pass; header and payload stay undecoded. */
export function partsOf(jws: string): Parts {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  return { header, payload, signed: bytesOf(`${header}.${payload}`), signature: fromBase64url(signature) };
}

const HEADER = /^"alg":"ES256","kid":"([A-Za-z0-9_-]{43})","typ":"([a-z0-9+.-]{1,60})"$/;

/** Type and key id of a header with exactly our three members, in any order, without white space; null for other bytes. */
export function headerOf({ header }: Parts): { typ: string; kid: string } | null {
  const bytes = fromBase64url(header);
  if (bytes.length > 300) return null;
  const text = String.fromCharCode(...bytes);
  if (!text.startsWith('{') || !text.endsWith('}')) return null;
  const [, kid, typ] = HEADER.exec(text.slice(1, -1).split(',').sort().join(',')) ?? [];
  return typ && kid ? { typ, kid } : null;
}

/** The JSON value of a payload, or undefined when it is none. */
export function payloadOf({ payload }: Parts): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(fromBase64url(payload));
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** RFC 7638 thumbprint of a P-256 key. */
export const thumbprintOf = ({ x, y }: EcKey): string => digestOf(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`);
