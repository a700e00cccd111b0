import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import {
  contracts,
  DomainError,
  fromProblem,
  GiveReceipt,
  MakeDataRequest,
  problems,
  toProblem,
  type ProblemCode,
} from '../src/index.js';

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Pointers to the strings and arrays of a shape that nothing bounds. */
function unbounded(node: unknown, pointer = '#'): string[] {
  if (!isNode(node)) return [];
  const types = [node['type']].flat();
  const isClosed = ['const', 'enum', 'format', 'pattern', 'maxLength'].some((limit) => limit in node);
  if (types.includes('string') && !isClosed) return [pointer];
  const own = types.includes('array') && !('maxItems' in node) ? [pointer] : [];
  return [...own, ...Object.entries(node).flatMap(([name, child]) => unbounded(child, `${pointer}/${name}`))];
}

const shapesOf = (contract: (typeof contracts)[number]) =>
  contract.kind === 'request' ? [contract.request, contract.answer] : [contract.data];

const schemaOf = (shape: z.ZodType) => z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' });

/** A message is one shape, or one of several. */
type Variant = { additionalProperties?: unknown };

describe('a contract', () => {
  it('has a subject of its own: owner, verb or fact, version', () => {
    const subjects = contracts.map((contract) => contract.subject);
    expect(new Set(subjects).size).toBe(subjects.length);
    expect(subjects.filter((subject) => !/^[a-z]+\.[a-z]+(-[a-z]+)*\.v\d+$/.test(subject))).toEqual([]);
  });

  it('crosses a border from broker to broker only', () => {
    const border = contracts.filter((contract) => contract.border);
    expect(border.length).toBeGreaterThan(0);
    for (const { from, to } of border) expect([from, to]).toEqual([['broker'], ['broker']]);
  });

  it('is a request answered by one service, or a fact with subscribers', () => {
    for (const contract of contracts) {
      expect(contract.from.length).toBeGreaterThan(0);
      if (contract.kind === 'request') expect(contract.to).toHaveLength(1);
      else expect(contract.to.length).toBeGreaterThan(0);
    }
  });

  it.each(contracts.map((contract) => [contract.subject, contract] as const))(
    '%s bounds what it takes',
    (_, contract) => {
      for (const shape of shapesOf(contract)) expect(unbounded(schemaOf(shape))).toEqual([]);
    },
  );

  it.each([
    ['MakeDataRequest', MakeDataRequest],
    ['GiveReceipt', GiveReceipt],
  ] as const)('%s bounds what it takes', (_, shape) => {
    expect(unbounded(schemaOf(shape))).toEqual([]);
  });

  it('would be caught without a bound', () => {
    const open = z.object({ name: z.string(), list: z.array(z.object({ note: z.string().nullable() })) });
    expect(unbounded(schemaOf(open))).toEqual([
      '#/properties/name',
      '#/properties/list',
      '#/properties/list/items/properties/note',
    ]);
  });

  it('refuses an unknown member when it asks, and overlooks one when it tells', () => {
    for (const contract of contracts) {
      const shape = contract.kind === 'request' ? contract.request : contract.data;
      const whole = schemaOf(shape) as Variant & { anyOf?: Variant[]; oneOf?: Variant[] };
      for (const { additionalProperties } of whole.anyOf ?? whole.oneOf ?? [whole]) {
        expect([contract.subject, additionalProperties]).toEqual([
          contract.subject,
          contract.kind === 'request' ? false : undefined,
        ]);
      }
    }
  });
});

describe('a problem', () => {
  const codes = Object.keys(problems) as ProblemCode[];

  it.each(codes)('%s goes over the wire and comes back', (code) => {
    const id = '0b8c3e4e-0d7d-4c6e-9f59-3c5d7f1c9a11';
    const problem = toProblem(new DomainError(code, { consentId: 'c1' }), id);
    expect(problem).toMatchObject({ status: problems[code].status, instance: `urn:uuid:${id}`, consentId: 'c1' });
    expect(fromProblem(problem)).toMatchObject({ code, members: { consentId: 'c1' } });
  });

  it('has a title of its own and a status of an error', () => {
    const titles = codes.map((code) => problems[code].title);
    expect(new Set(titles).size).toBe(titles.length);
    for (const code of codes) expect(problems[code].status).toBeGreaterThanOrEqual(400);
  });

  it('lets its own members not take the place of the registry', () => {
    const problem = toProblem(new DomainError('consent-not-found', { status: 200, title: 'fine' }));
    expect(problem).toMatchObject({ status: 404, title: problems['consent-not-found'].title });
  });

  it('of another registry is nobody’s', () => {
    expect(fromProblem({ type: 'about:blank', title: 'x', status: 500 })).toBeNull();
    expect(fromProblem({ type: 'https://bayway.example/problems/made-up', title: 'x', status: 400 })).toBeNull();
  });
});
