import { z } from 'zod';

/** What the bank needs to decide on a mortgage, and the one item it would like besides. */
const NEEDED = ['subject-name', 'accounts', 'repayment-history', 'defaults', 'guarantees'];
const OPTIONAL = ['enquiries'];

/** What a clerk may choose in the form; the other values are there to see them refused. */
export const ApplicationForm = z.object({
  purpose: z.enum(['credit-underwriting', 'direct-marketing', 'group-risk-analytics']).default('credit-underwriting'),
  uses: z.coerce.number().int().min(1).max(10).default(3),
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;

/** The answer to a request for authorization: the same detail with what was decided. */
export const GrantedDetail = z.looseObject({
  type: z.literal('data-request'),
  dataset: z.string(),
  exporter: z.string(),
  holder: z.string(),
  items: z.array(z.string()).min(1).max(50),
  purpose: z.looseObject({ code: z.string() }),
  data_range: z.object({ from: z.string(), to: z.string() }).optional(),
  retention_until: z.string(),
  recipient_key: z.string(),
  request_id: z.string(),
  consent_id: z.string(),
  subject_handle: z.string(),
});
export type GrantedDetail = z.infer<typeof GrantedDetail>;

const dayIn = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The `authorization_details` element for a credit report from Shenzhen (RFC 9396). */
export const creditReportDetail = (form: ApplicationForm, recipientKey: string) => ({
  type: 'data-request' as const,
  mode: 'transfer',
  dataset: 'credit-report',
  exporter: 'cn',
  holder: 'pengwan-credit',
  items: NEEDED,
  optional_items: OPTIONAL,
  purpose: { code: form.purpose, reference: 'MA-0417' },
  valid_until: dayIn(150),
  max_uses: form.uses,
  retention_until: dayIn(240),
  recipient_key: recipientKey,
});
export type AskedDetail = ReturnType<typeof creditReportDetail>;

/** Whether what was granted is what was asked: the same record, holder, purpose and key, and no item beyond those asked. */
export function fits(granted: GrantedDetail, asked: AskedDetail): boolean {
  const allowed = [...asked.items, ...asked.optional_items];
  return (
    granted.dataset === asked.dataset &&
    granted.exporter === asked.exporter &&
    granted.holder === asked.holder &&
    granted.purpose.code === asked.purpose.code &&
    granted.recipient_key === asked.recipient_key &&
    granted.items.every((item) => allowed.includes(item))
  );
}
