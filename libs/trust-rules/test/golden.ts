import type { ActKind } from '@bayway/domain';
import { readFileSync } from 'node:fs';
import type { Decision } from '../src/decision.js';
import { Facts } from '../src/facts.js';

/** One golden case of the specification: facts, and what the decision must and must not say. */
export type GoldenCase = {
  id: string;
  title: string;
  facts: Facts;
  expect: {
    outcome: string;
    missing: string[];
    obligations: { code: string; due?: string }[];
    mustNotOblige?: string[];
    droppedItems: { item: string; rule: string }[];
    because: string[];
    mustNotCite: string[];
    advisories: string[];
    unsettled?: string[];
    unknown?: string[];
  };
};

const casesOf = <T extends GoldenCase>(file: string): T[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T)
    .map((golden) => ({ ...golden, facts: Facts.parse(golden.facts) }));

/** The golden cases, facts checked against the schema. */
export const GOLDEN = casesOf('golden.jsonl');

/** Further cases of the same kind, written from the specification by hand; `section` is where in it to look, `acts` what a person is asked. */
export const LAW_CASES = casesOf<GoldenCase & { section: string; acts?: ActKind[] }>('law-cases.jsonl');

const set = (values: readonly unknown[]): string[] => values.map((value) => JSON.stringify(value)).sort();
const lacking = (present: readonly string[], listed: readonly string[] = []): string[] =>
  listed.filter((each) => !present.includes(each));
const shared = (present: readonly string[], listed: readonly string[] = []): string[] =>
  listed.filter((each) => present.includes(each));

/** Compares a decision with a case as section 1 of the specification says; the list of differences, empty if none. */
export function differences(decision: Decision, { expect }: GoldenCase): string[] {
  const codes = decision.obligations.map(({ code }) => code);
  const due = (code: string): string | undefined => decision.obligations.find((each) => each.code === code)?.due;
  const dropped = decision.droppedItems.map(({ item, rule }) => ({ item, rule }));
  const wrong: [string, readonly unknown[]][] = [
    ['outcome', decision.outcome === expect.outcome ? [] : [decision.outcome, expect.outcome]],
    ['allowed', decision.allowed === (decision.outcome === 'permit') ? [] : [decision.allowed]],
    ['missing', String(set(decision.missing)) === String(set(expect.missing)) ? [] : decision.missing],
    [
      'droppedItems',
      String(set(dropped)) === String(set(expect.droppedItems.map(({ item, rule }) => ({ item, rule }))))
        ? []
        : dropped,
    ],
    [
      'obligations',
      lacking(
        codes,
        expect.obligations.map(({ code }) => code),
      ),
    ],
    ['due', expect.obligations.filter((each) => each.due !== undefined && each.due !== due(each.code))],
    ['mustNotOblige', shared(codes, expect.mustNotOblige)],
    ['because', lacking(decision.because, expect.because)],
    ['mustNotCite', shared(decision.because, expect.mustNotCite)],
    ['advisories', lacking(decision.advisories, expect.advisories)],
    ['unsettled', lacking(decision.unsettled, expect.unsettled)],
    ['unknown', lacking(decision.unknown, expect.unknown)],
  ];
  return wrong.filter(([, list]) => list.length > 0).map(([field, list]) => `${field}: ${JSON.stringify(list)}`);
}
