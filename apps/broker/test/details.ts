import { randomUUID } from 'node:crypto';
import { RoutedDetail } from '@bayway/domain';
import type { TestTrust } from '@bayway/testing';

/** What the bank asks of the agency, as the importer's OP routes it: valid and boring, with overrides. */
export const newDetail = (trust: TestTrust, over: Record<string, unknown> = {}): RoutedDetail =>
  RoutedDetail.parse({
    type: 'data-request',
    dataset: 'credit-report',
    exporter: 'cn',
    holder: 'pengwan-credit',
    items: ['accounts', 'defaults'],
    purpose: { code: 'credit-underwriting' },
    valid_until: '2099-01-31',
    max_uses: 3,
    retention_until: '2099-12-31',
    recipient_key: trust.key('hk/participant/tsing-wan-bank', 'enc').kid,
    importer: 'hk',
    recipient: 'tsing-wan-bank',
    request_id: randomUUID(),
    ...over,
  });
