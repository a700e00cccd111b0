import fc from 'fast-check';
import { z } from 'zod';
import { Facts } from '../src/facts.js';
import { GOLDEN } from './golden.js';

/** One fact set to a value, or taken away. */
export type Mutation = Readonly<{ path: string; value: unknown }>;

const PLACES = ['HK', 'MO', 'CN-440300', 'CN-440400', 'CN-330100', 'CN-440500', 'SG', 'US'];
const COUNTS = [0, 1, 2, 3, 4, 500, 501, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000];
/** Days around which the law changes, and the day of most cases. */
const DAYS = [
  '2017-06-01',
  '2021-09-01',
  '2021-10-31',
  '2021-11-01',
  '2022-09-01',
  '2023-06-01',
  '2023-12-13',
  '2024-03-21',
  '2024-03-22',
  '2024-10-31',
  '2024-11-01',
  '2024-12-31',
  '2025-01-01',
  '2025-12-31',
  '2026-01-01',
  '2026-11-22',
];
const ITEMS = [
  [],
  [{ id: 'a', category: 'credit-report' }],
  [
    { id: 'a', category: 'medical' },
    { id: 'b', category: 'contact-details', necessary: false },
  ],
  [{ id: 'a', category: 'genetic' }],
  [
    { id: 'a', category: 'hkid-copy' },
    { id: 'b', category: 'criminal-record' },
  ],
  [
    { id: 'a', category: 'credit-report', negativeEndedOn: '2020-01-01' },
    { id: 'b', category: 'contact-details' },
  ],
  [{ id: 'a', category: 'contact-details', retentionEndsOn: '2023-01-01' }],
];

function valuesOf(schema: z.ZodType): readonly unknown[] {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodEnum) return inner.options;
  if (inner instanceof z.ZodBoolean) return [true, false];
  if (inner instanceof z.ZodNumber) return COUNTS.filter((count) => inner.safeParse(count).success);
  if (inner instanceof z.ZodArray) return [DAYS.slice(0, 3)];
  return [...PLACES, ...DAYS].filter((text) => inner.safeParse(text).success);
}

/** Every value tried at every path, with absence where the schema allows it. */
export const MUTATIONS: readonly Mutation[] = Object.entries(Facts.shape).flatMap(([group, schema]) => {
  const inner = (schema instanceof z.ZodOptional ? schema.unwrap() : schema) as z.ZodType;
  if (!(inner instanceof z.ZodObject)) return group === 'asOf' ? DAYS.map((value) => ({ path: group, value })) : [];
  return Object.entries(inner.shape as Record<string, z.ZodType>).flatMap(([field, at]) => {
    const path = `${group}.${field}`;
    const values = path === 'data.items' ? ITEMS : valuesOf(at);
    return [...values, ...(at instanceof z.ZodOptional ? [undefined] : [])].map((value) => ({ path, value }));
  });
});

/** The document with one fact changed; undefined where the result breaks the schema. */
export function mutate(facts: Facts, { path, value }: Mutation): Facts | undefined {
  const [group, field] = path.split('.') as [string, string | undefined];
  const changed: Record<string, unknown> = { ...facts };
  if (field === undefined) changed[group] = value;
  else {
    const members = { ...(changed[group] as Record<string, unknown> | undefined), [field]: value };
    if (value === undefined) delete members[field];
    changed[group] = members;
  }
  return Facts.safeParse(changed).data;
}

/** Facts documents: golden cases with up to five facts changed. */
export const someFacts = fc
  .tuple(fc.constantFrom(...GOLDEN), fc.array(fc.constantFrom(...MUTATIONS), { maxLength: 5 }))
  .map(([golden, mutations]) => mutations.reduce<Facts>((facts, each) => mutate(facts, each) ?? facts, golden.facts));
