import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { Decision } from '../src/decision.js';
import { DEFAULTS, Facts } from '../src/facts.js';

type Schema = {
  type?: string;
  enum?: string[];
  pattern?: string;
  format?: string;
  minimum?: number;
  maximum?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  items?: Schema;
  $ref?: string;
  $defs?: Record<string, Schema>;
  description?: string;
};

const read = (name: string): Schema => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as Schema;

/** The parts of a schema that say which documents are valid, bounds of size aside. */
function shape(schema: Schema, root: Schema): unknown {
  if (schema.$ref) return shape(root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {}, root);
  if (schema.enum) return [...schema.enum].sort();
  if (schema.items) return [shape(schema.items, root)];
  if (!schema.properties) return scalar(schema);
  const members = Object.entries(schema.properties).map(([name, member]) => [name, shape(member, root)] as const);
  return { required: [...(schema.required ?? [])].sort(), members: Object.fromEntries(members.sort(byName)) };
}

function scalar({ format, type, minimum, maximum = Infinity, pattern }: Schema): unknown {
  if (format === 'date') return format;
  return type === 'integer' ? { from: minimum, ...(maximum < 9e15 ? { upTo: maximum } : {}) } : (pattern ?? type);
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

describe('the public formats', () => {
  it('of facts is that of the specification: members, codes, types and what must be there', () => {
    const theirs = read('facts.schema.json');
    const ours = z.toJSONSchema(Facts, { io: 'input' }) as Schema;
    expect(shape(ours, ours)).toEqual(shape(theirs, theirs));
  });

  it('of decisions is that of the specification', () => {
    const theirs = read('decision.schema.json');
    const ours = z.toJSONSchema(Decision) as Schema;
    expect(shape(ours, ours)).toEqual(shape(theirs, theirs));
  });

  it('gives an absent fact the meaning that the specification states', () => {
    const stated = Object.entries(read('facts.schema.json').properties ?? {}).flatMap(([group, { properties }]) =>
      Object.entries(properties ?? {}).flatMap(([field, { description = '' }]) => {
        const [, absent] =
          /Absent = (true|false|none|company|independent|identifiable|escalate|0|consent-basis-only)\.$/.exec(
            description,
          ) ?? [];
        return absent === undefined ? [] : [[`${group}.${field}`, absent] as const];
      }),
    );
    const meaningless = [
      'request.thirdPartyPlace',
      'request.thirdPartyDisclosedOn',
      'calendar.holidays',
      'calendar.makeUpDays',
    ];
    expect(Object.fromEntries(stated.filter(([path]) => !meaningless.includes(path)))).toEqual(
      Object.fromEntries(
        Object.entries(DEFAULTS)
          .map(([path, value]) => [path, JSON.stringify(value).replaceAll('"', '')] as const)
          .filter(([path]) => path !== 'instrument.kind'),
      ),
    );
  });
});
