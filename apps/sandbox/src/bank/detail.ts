import { z } from 'zod';
import type { Product } from './products.js';

/** What a clerk may choose in the form. */
export const ApplicationForm = z.object({
  product: z.string().max(40).optional(),
  purpose: z.string().max(40).optional(),
  /** As the law lets us ask instead, after a refusal. */
  mode: z.enum(['transfer', 'answer', 'verify']).optional(),
  items: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,40}(,[A-Za-z0-9-]{1,40}){0,49}$/)
    .optional(),
  uses: z.coerce.number().int().min(1).max(10).default(3),
});
export type ApplicationForm = z.infer<typeof ApplicationForm>;

/** The product and purpose that a form names; the first of each without a name, null for an unknown one. */
export function chosen(products: readonly [Product, ...Product[]], form: ApplicationForm): Wish | null {
  const product = form.product === undefined ? products[0] : products.find(({ id }) => id === form.product);
  const purposes = product?.purposes.map(([code]) => code) ?? [];
  const purpose = form.purpose === undefined ? purposes[0] : purposes.find((code) => code === form.purpose);
  return product && purpose !== undefined ? { product: instead(product, form), purpose, uses: form.uses } : null;
}

/** The product, asking for what is lawful in another mode. */
const instead = (product: Product, { mode, items }: ApplicationForm): Product =>
  mode && items ? { ...product, mode, items: items.split(','), optional: [] } : product;

export type Wish = Readonly<{ product: Product; purpose: string; uses: number }>;

/** The answer to a request for authorization: the same detail with what was decided. */
export const GrantedDetail = z.looseObject({
  type: z.literal('data-request'),
  mode: z.string(),
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

/** The `authorization_details` element for a product's record (RFC 9396). */
export const detailOf = ({ product, purpose, uses }: Wish, recipientKey: string) => ({
  type: 'data-request' as const,
  mode: product.mode ?? 'transfer',
  dataset: product.dataset,
  exporter: product.exporter,
  holder: product.holder,
  items: product.items,
  optional_items: product.optional,
  purpose: { code: purpose, reference: product.reference },
  valid_until: dayIn(product.validDays),
  max_uses: uses,
  retention_until: dayIn(240),
  recipient_key: recipientKey,
});
export type AskedDetail = ReturnType<typeof detailOf>;

/** Whether what was granted is what was asked: the same record, holder, purpose and key, and no item beyond those asked. */
export function fits(granted: GrantedDetail, asked: AskedDetail): boolean {
  const allowed = [...asked.items, ...asked.optional_items];
  return (
    granted.mode === asked.mode &&
    granted.dataset === asked.dataset &&
    granted.exporter === asked.exporter &&
    granted.holder === asked.holder &&
    granted.purpose.code === asked.purpose.code &&
    granted.recipient_key === asked.recipient_key &&
    granted.items.every((item) => allowed.includes(item))
  );
}
