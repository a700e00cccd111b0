import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readClients, readUpstreams } from './config.js';

const folder = mkdtempSync(join(tmpdir(), 'bayway-config-'));
const file = (content: unknown): string => {
  const path = join(folder, 'file.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};
const name = { 'zh-Hant': '銀行', 'zh-Hans': '银行', pt: 'Banco', en: 'Bank' };
const bank = {
  client_id: 'bank',
  key_owner: 'hk/participant/bank',
  redirect_uris: ['https://bank.example/cb'],
  name,
  kind: 'partner',
};
const city = {
  slug: 'shenzhen',
  place: 'CN-440300',
  issuer: 'https://city.example',
  client_id: 'bayway',
  acr_scheme: 'guangdong',
};

describe('CLIENTS_FILE', () => {
  it('is read', () => {
    expect(readClients(file([bank]))).toEqual([bank]);
  });

  it.each([
    ['no JSON', '{', 'cannot be read'],
    ['an unknown member', [{ ...bank, secret: 'x' }], 'secret'],
    ['a client twice', [bank, bank], 'twice'],
    ['a name kept for peers', [{ ...bank, client_id: 'op-cn' }], 'op-'],
    [
      'redirect URIs on two hosts',
      [{ ...bank, redirect_uris: ['https://a.example/', 'https://b.example/'] }],
      'several hosts',
    ],
  ])('with %s stops the start and names the variable', (_what, content, problem) => {
    expect(() => readClients(file(content))).toThrow(/^CLIENTS_FILE: /);
    expect(() => readClients(file(content))).toThrow(problem);
  });
});

describe('UPSTREAMS_FILE', () => {
  it('is read', () => {
    expect(readUpstreams(file([city]))).toEqual([{ ...city, style: 'oidc' }]);
  });

  it.each([
    ['no city', [], 'UPSTREAMS_FILE'],
    ['a city twice', [city, city], 'twice'],
    ['an unknown scheme', [{ ...city, acr_scheme: 'palm' }], 'acr_scheme'],
  ])('with %s stops the start', (_what, content, problem) => {
    expect(() => readUpstreams(file(content))).toThrow(problem);
  });
});
