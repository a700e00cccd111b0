import { describe, expect, it } from '@jest/globals';
import { detailIn, routeDetail } from './routed.js';

const asked = {
  type: 'data-request',
  dataset: 'credit-report',
  exporter: 'cn',
  holder: 'pengwan-credit',
  items: ['accounts'],
  purpose: { code: 'credit-underwriting' },
  valid_until: '2027-04-30',
  max_uses: 3,
  retention_until: '2027-07-31',
  recipient_key: 'k'.repeat(43),
};
const requestId = '0b0f3a9e-5d0c-4f6a-8f1e-3a1f3d3c0c11';
const routed = {
  ...asked,
  mode: 'transfer',
  optional_items: [],
  importer: 'hk',
  recipient: 'tsing-wan-bank',
  request_id: requestId,
};
const partner = { clientId: 'tsing-wan-bank', peer: null };
const peer = { clientId: 'op-hk', peer: 'hk' as const };

describe('routeDetail', () => {
  it('adds to a partner’s request what only this side knows', () => {
    expect(routeDetail(asked, partner, { me: 'hk', requestId })).toEqual({ detail: routed });
  });

  it.each([
    ['a partner that names its own recipient', { ...asked, recipient: 'other' }, 'unknown member recipient'],
    ['an object of another type', { ...asked, type: 'payment' }, 'type'],
    ['nothing', null, 'is not valid'],
  ])('refuses %s', (_what, input, problem) => {
    expect(routeDetail(input, partner, { me: 'hk', requestId })).toEqual({ problem: expect.stringContaining(problem) });
  });

  it('takes a peer’s request for a record of this side as it is', () => {
    expect(routeDetail(routed, peer, { me: 'cn', requestId: 'unused' })).toEqual({ detail: routed });
  });

  it.each([
    ['another side’s record', { exporter: 'mo' }],
    ['another importer', { importer: 'mo' }],
    ['no recipient', { recipient: undefined }],
    ['a name of the flow that is no UUID', { request_id: 'cookie' }],
  ])('refuses a peer with %s', (_what, over) => {
    expect(routeDetail({ ...routed, ...over }, peer, { me: 'cn', requestId })).toHaveProperty('problem');
  });

  it('writes problems in characters that OAuth allows', () => {
    const routing = routeDetail({ ...asked, 'ключ"\\': 1 }, partner, { me: 'hk', requestId });
    expect('problem' in routing && routing.problem).toMatch(/^[\x20\x21\x23-\x5b\x5d-\x7e]+$/);
  });
});

describe('detailIn', () => {
  it('finds the one request, or none', () => {
    expect(detailIn({ authorization_details: JSON.stringify([routed]) })).toEqual(routed);
    expect(detailIn({})).toBeNull();
  });
});
