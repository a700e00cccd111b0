/** A partner as partners are: OpenID Connect, HTTP and JOSE, with the bank's keys; the resident walks without script. */
import { createHash, randomUUID } from 'node:crypto';
import { audienceOf } from '@bayway/contracts';
import { localKeys, localSecrets, PARTICIPANTS } from '@bayway/infra';
import { CompactSign, compactDecrypt, compactVerify, decodeJwt, decodeProtectedHeader, importJWK } from 'jose';
import * as oidc from 'openid-client';
import { detailOf } from '../../apps/sandbox/dist/bank/detail.js';
import { bankFace } from '../../apps/sandbox/dist/bank/products.js';
import { openBankKeys } from '../../apps/sandbox/dist/bank/keys.js';
import { BankClient } from '../../apps/sandbox/dist/bank/sign-in.js';
import { Visitor } from '../../apps/journeys/dist/visitor.js';
import { answer, MEI_YEE, toAsk } from '../../apps/journeys/dist/walk.js';

const PARTICIPANT = 'tsing-wan-bank';

const digestOf = (text) => createHash('sha256').update(text).digest('base64url');

/** The bank, with the keys that the running system made for it. */
async function bankOf({ home, topology }) {
  const owners = { instances: topology.instances, participants: PARTICIPANTS };
  const keys = await localKeys(home, await localSecrets(home), owners);
  const { keysDir, kek } = keys.of('hk', `participant/${PARTICIPANT}`);
  return {
    base: `http://localhost:${topology.sandbox.bank}`,
    participant: PARTICIPANT,
    issuer: topology.urlOf({ jurisdiction: 'hk', service: 'identity' }),
    broker: topology.urlOf({ jurisdiction: 'hk', service: 'broker' }),
    evidence: topology.urlOf({ jurisdiction: 'cn', service: 'evidence' }),
    audience: audienceOf('hk', 'broker'),
    keys: await openBankKeys(keysDir, kek),
  };
}

/** The holder's signing keys by name; read once, as a partner would between two changes of the directory. */
async function holderKeys(evidence) {
  const { entries } = await (await fetch(`${evidence}/key-directory`)).json();
  const mine = entries
    .map((line) => decodeJwt(line))
    .filter(({ owner, use }) => owner === 'cn/participant/pengwan-credit' && use === 'sig');
  return new Map(await Promise.all(mine.map(async ({ kid, key }) => [kid, await importJWK(key, 'ES256')])));
}

/** Walks the whole sign-in as a resident who agrees; answers what the bank was granted, good for `uses` fetches. */
async function granted(bank, uses) {
  const client = new BankClient(bank);
  const asked = detailOf(
    { product: bankFace(PARTICIPANT).products[0], purpose: 'credit-underwriting', uses },
    bank.keys.enc.kid,
  );
  const { url, flow } = await client.begin(asked);
  const visitor = new Visitor();
  const ask = await toAsk(visitor, await visitor.open(url.href), MEI_YEE);
  const back = await answer(visitor, ask, { all: 'agree' });
  if (!back.url.startsWith(client.redirectUri)) throw new Error(`the sign-in ended at ${new URL(back.url).pathname}`);
  return { config: await client.configuration(), grant: await client.finish(flow, new URL(back.url)) };
}

/**
 * Obtains one consent for many uses.
 * @returns its id; `request`, a signed request waited for until the record is ready; `record`, its ciphertext; and a complete
 * `exchange`, to be called again and again: request, fetching, decryption, verification of the holder's signature, signed receipt
 */
export async function partnerOf(running, uses) {
  const bank = await bankOf(running);
  const { config, grant } = await granted(bank, uses);
  const holder = await holderKeys(bank.evidence);
  const { detail, accessToken, dpop } = grant;

  const call = async (method, path, { body, headers = {} } = {}) => {
    const sent = new Headers({ ...headers, ...(body && { 'content-type': 'application/json' }) });
    const url = new URL(bank.broker + path);
    const text = body && JSON.stringify(body);
    const response = await oidc
      .fetchProtectedResource(config, accessToken, url, method, text, sent, { DPoP: dpop })
      .catch((error) => (error instanceof oidc.WWWAuthenticateChallengeError ? error.response : Promise.reject(error)));
    if (response.ok) return response;
    throw new Error(`${method} ${path.split('/')[1]}: ${response.status} ${await response.text()}`);
  };

  const signed = (typ, claims) => {
    const { key, kid } = bank.keys.sig;
    const bytes = new TextEncoder().encode(JSON.stringify({ iss: PARTICIPANT, jti: randomUUID(), ...claims }));
    return new CompactSign(bytes).setProtectedHeader({ alg: 'ES256', typ, kid }).sign(key);
  };

  const { request_id, dataset, exporter, items, purpose, recipient_key, consent_id, subject_handle } = detail;
  const { data_range, retention_until } = detail;
  const wanted = { request_id, dataset, exporter, holder: detail.holder, items, purpose, recipient_key };
  Object.assign(wanted, { data_range, retention_until });
  const subject = { consent_id, subject_handle };

  /** Decrypted and verified; answers the digest of what the holder signed. */
  const opened = async (ciphertext, requestDigest) => {
    const { plaintext } = await compactDecrypt(ciphertext, bank.keys.enc.key);
    const record = new TextDecoder().decode(plaintext);
    const key = holder.get(decodeProtectedHeader(record).kid);
    const { payload } = await compactVerify(record, key ?? new Uint8Array(), { algorithms: ['ES256'] });
    const claims = JSON.parse(new TextDecoder().decode(payload));
    if (claims.requestDigest !== requestDigest || claims.sub !== subject_handle) throw new Error('another record came');
    return digestOf(record);
  };

  const request = async () => {
    const iat = Math.floor(Date.now() / 1_000);
    const claims = { aud: bank.audience, iat, exp: iat + 240, ...wanted, ...subject };
    const signedRequest = await signed('data-request+jwt', claims);
    const headers = { 'idempotency-key': randomUUID(), prefer: 'wait=10' };
    let view = await (await call('POST', '/data-requests', { body: { signedRequest }, headers })).json();
    for (let again = 0; view.state === 'sent' && again < 3; again += 1)
      view = await (await call('GET', `/data-requests/${view.id}`, { headers: { prefer: 'wait=10' } })).json();
    if (view.state !== 'ready') throw new Error(`request ${view.state}: ${view.problem}`);
    return { id: view.id, requestDigest: digestOf(signedRequest) };
  };

  const record = async ({ id }) => (await call('GET', `/data-requests/${id}/record`)).text();

  const exchange = async () => {
    const { id: dataRequestId, requestDigest } = await request();
    const ciphertext = await record({ id: dataRequestId });
    const recordDigest = await opened(ciphertext, requestDigest);
    const about = { dataRequestId, ciphertextDigest: digestOf(ciphertext), recordDigest };
    const receipt = await signed('delivery-receipt+jwt', { iat: Math.floor(Date.now() / 1_000), ...about });
    await call('POST', `/data-requests/${dataRequestId}/receipt`, { body: { receipt } });
    return { evidence: async () => (await call('GET', `/data-requests/${dataRequestId}/evidence`)).json() };
  };
  return { consentId: consent_id, request, record, exchange };
}
