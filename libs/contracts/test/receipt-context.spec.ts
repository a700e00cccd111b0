import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { ConsentReceiptClaims, FIELDS_27560, legalCn, receiptContext } from '../src/index.js';

type Node = Readonly<Record<string, unknown>>;
type Term = string | Readonly<{ '@id': string; '@type'?: string; '@container'?: string; '@context'?: Context }>;
type Context = Readonly<Record<string, Term>>;

const schema = z.toJSONSchema(ConsentReceiptClaims) as Node;
const top = receiptContext as unknown as Context;
const scoped = (term: Term | undefined): Context => (typeof term === 'object' ? (term['@context'] ?? {}) : {});
const isVocab = (term: Term | undefined): boolean => typeof term === 'object' && term['@type'] === '@vocab';

/** Members below a node that the contexts of its parents give no meaning to, and values that are no term. */
function meaningless(node: Node, context: Context, path = ''): string[] {
  const items = node['items'] as Node | undefined;
  if (items) return meaningless(items, context, path);
  return Object.entries((node['properties'] ?? {}) as Readonly<Record<string, Node>>).flatMap(([name, child]) => {
    if (name.startsWith('@')) return [];
    const term = context[name];
    const here = path === '' ? name : `${path}.${name}`;
    if (term === undefined) return [here];
    // A text in four languages: its members are language tags.
    if (typeof term === 'object' && term['@container'] === '@language') return [];
    const inner = { ...context, ...scoped(term) };
    const options = (((child['items'] as Node | undefined) ?? child)['enum'] ?? []) as string[];
    const words = isVocab(term) ? options.filter((option) => scoped(term)[option] === undefined) : [];
    return [...words.map((word) => `${here}=${word}`), ...meaningless(child, inner, here)];
  });
}

const at = (path: string): Node | undefined =>
  path.split('.').reduce<Node | undefined>((node, name) => {
    const object = (node?.['items'] ?? node) as { properties?: Readonly<Record<string, Node>> } | undefined;
    return object?.properties?.[name];
  }, schema);

describe('the JSON-LD of a receipt', () => {
  it('gives every member and every value of a list a meaning', () => {
    expect(meaningless(schema, top)).toEqual([]);
  });

  it('would be caught without one', () => {
    const { holder: _left, ...rest } = top;
    expect(meaningless(schema, rest)).toEqual(['holder']);
  });

  it('says nothing with a prefix that it does not name', () => {
    const prefixes = new Set([...JSON.stringify(top).matchAll(/"(\w+):\w/g)].map(([, prefix]) => prefix));
    for (const prefix of [...prefixes].filter((name) => !/^https?$/.test(name ?? '')))
      expect(top[prefix ?? '']).toMatch(/^https?:/);
  });

  it.each(Object.entries(FIELDS_27560))('has the field %s of ISO/IEC TS 27560 at `%s`', (_field, path) => {
    expect(at(path)).toBeDefined();
  });

  it('uses no term of legal/cn that the vocabulary does not define, each in two languages', () => {
    const defined = new Set(legalCn['@graph'].map((term) => term['@id']));
    const used = [...JSON.stringify([receiptContext, legalCn]).matchAll(/"(cn:[A-Za-z]+)"/g)].map(([, term]) => term);
    expect(used.filter((term) => !defined.has(term ?? ''))).toEqual([]);
    for (const { prefLabel } of legalCn['@graph'])
      for (const label of [prefLabel.en, prefLabel['zh-Hans']]) expect(label).not.toBe('');
  });
});
