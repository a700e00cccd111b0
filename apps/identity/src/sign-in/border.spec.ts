import { describe, expect, it } from '@jest/globals';
import { RoutedDetail } from '@bayway/domain';
import * as oc from 'openid-client';
import { agreedDetail, endingOf } from './border.service.js';

const asked = RoutedDetail.parse({
  type: 'data-request',
  dataset: 'credit-report',
  exporter: 'cn',
  holder: 'pengwan-credit',
  items: ['accounts', 'defaults'],
  optional_items: ['enquiries'],
  purpose: { code: 'credit-underwriting' },
  valid_until: '2027-04-30',
  max_uses: 3,
  retention_until: '2027-07-31',
  recipient_key: 'k'.repeat(43),
  importer: 'hk',
  recipient: 'tsing-wan-bank',
  request_id: '0b0f3a9e-5d0c-4f6a-8f1e-3a1f3d3c0c11',
});
const handle = 'h'.repeat(43);
const allowed = (items: string[], over: Record<string, unknown> = {}) => ({
  ...{ ...asked, optional_items: [], consent_id: '6af0e0ba-43b3-4921-b20b-d8985ea1909a', subject_handle: handle },
  ...{ items, ...over },
});
const enriched = allowed(['accounts', 'defaults']);
const claims = (over: Record<string, unknown> = {}): oc.IDToken =>
  ({ iss: 'cn', aud: 'op-hk', iat: 1, exp: 2, sub: handle, authorization_details: [enriched], ...over }) as oc.IDToken;

describe('agreedDetail', () => {
  it('takes what the signed token and the response both say, unchanged', () => {
    expect(agreedDetail(asked, { claims: claims(), details: [enriched] })).toEqual(enriched);
  });

  it.each([[['accounts', 'defaults']], [['accounts', 'defaults', 'enquiries']], [['accounts']]])(
    'takes a selection of what was asked for: %j',
    (items) => {
      const detail = allowed(items);
      expect(
        agreedDetail(asked, { claims: claims({ authorization_details: [detail] }), details: [detail] })?.items,
      ).toEqual(items);
    },
  );

  it.each([
    ['an item that was not asked for', allowed(['accounts', 'public-records'])],
    ['an item twice', allowed(['accounts', 'accounts'])],
    ['no item', allowed([])],
    ['something still to choose', allowed(['accounts'], { optional_items: ['enquiries'] })],
  ])('takes nothing when both name %s', (_what, detail) => {
    expect(agreedDetail(asked, { claims: claims({ authorization_details: [detail] }), details: [detail] })).toBeNull();
  });

  it.each([
    ['the response says something else', claims(), [{ ...enriched, max_uses: 9 }]],
    ['the response says nothing', claims(), undefined],
    [
      'both say more uses than were asked',
      claims({ authorization_details: [{ ...enriched, max_uses: 9 }] }),
      [{ ...enriched, max_uses: 9 }],
    ],
    ['the response names fewer items', claims(), [allowed(['accounts'])]],
    [
      'both are of another flow',
      claims({ authorization_details: [{ ...enriched, request_id: enriched.consent_id }] }),
      [{ ...enriched, request_id: enriched.consent_id }],
    ],
    ['the subject is not the handle', claims({ sub: 'x'.repeat(43) }), [enriched]],
    ['the token says nothing', claims({ authorization_details: undefined }), [enriched]],
    ['there are two', claims({ authorization_details: [enriched, enriched] }), [enriched, enriched]],
  ])('takes nothing when %s', (_what, said, details) => {
    expect(agreedDetail(asked, { claims: said, details })).toBeNull();
  });
});

describe('endingOf', () => {
  const answered = (error: string, error_description = ''): unknown =>
    new oc.AuthorizationResponseError('x', { cause: new URLSearchParams({ error, error_description }) });

  it('passes on what is meant for the client, in characters that OAuth allows', () => {
    expect(endingOf(answered('access_denied'))).toEqual({ error: 'access_denied' });
    expect(endingOf(answered('invalid_authorization_details', 'rule “7”'))).toEqual({
      error: 'invalid_authorization_details',
      error_description: 'rule 7',
    });
  });

  it('keeps everything else to itself', () => {
    expect(endingOf(answered('invalid_request', 'secret thing'))).toEqual({
      error: 'server_error',
      error_description: 'sign-in could not go on',
    });
    expect(endingOf(answered('invalid_client', 'secret thing')).error).toBe('temporarily_unavailable');
    expect(endingOf(new TypeError('fetch failed')).error).toBe('temporarily_unavailable');
  });
});
