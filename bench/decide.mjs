/**
 * Microseconds per decision with its reasons, every pack loaded, over the cases of the specification. Floor: Cedar
 * (WebAssembly, policies parsed beforehand), as many policies, each with a corridor, days in force and one fact; the
 * same requests in the same run. Needs no running system.
 */
import { readFileSync } from 'node:fs';
import * as cedar from '@cedar-policy/cedar-wasm/nodejs';
import { assess, explain, Facts, RULES, systemOf } from '@bayway/trust-rules';
import { prepare } from '../libs/trust-rules/dist/decide.js';
import { PROGRAMME } from '../libs/trust-rules/dist/provisions/programme.js';
import { registerOf } from '../libs/trust-rules/dist/registry.js';

export const alone = true;

const WARM_UP = 30;
const ROUNDS = 200;
/** Cedar takes a hundred times as long; fewer rounds tell as much. */
const CEDAR_ROUNDS = 20;
const GOLDEN = new URL('../libs/trust-rules/test/golden.jsonl', import.meta.url);

const quantile = (share) => (times) => times.toSorted((a, b) => a - b)[Math.floor(times.length * share)];
const median = quantile(0.5);
const p99 = quantile(0.99);

/** The median of the case that takes longest: what is dear by itself, not by what else the machine does. */
const dearest = (times, cases) =>
  Math.max(...Array.from({ length: cases }, (_, index) => median(times.filter((_time, at) => at % cases === index))));

/** Microseconds of each call, in order; the ways take turns, so that all meet the same machine. */
function timed(ways) {
  const times = ways.map(() => []);
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    ways.forEach(({ work, inputs, rounds = ROUNDS }, way) => {
      if (round >= rounds) return;
      for (const input of inputs) {
        const started = process.hrtime.bigint();
        work(input);
        if (round >= 0) times[way].push(Number(process.hrtime.bigint() - started) / 1_000);
      }
    });
  }
  return times;
}

const dayNumber = (day) => Number(day.replaceAll('-', ''));
const flagsOf = (facts) =>
  Object.entries(facts).flatMap(([group, members]) =>
    typeof members === 'object' ? Object.entries(members).map(([name, value]) => [`${group}_${name}`, value]) : [],
  );

/** As many policies as we have rules: each of one system, in force between its days, broken by one fact. */
function preparseCedar(documents) {
  const names = [...new Set(documents.flatMap((facts) => flagsOf(facts).map(([name]) => name)))];
  const policies = RULES.map(({ id, systems, effectiveFrom, effectiveTo }, index) => {
    const fact = names[index % names.length];
    const from = dayNumber(effectiveFrom ?? '9999-12-31');
    const to = dayNumber(effectiveTo ?? '9999-12-31');
    return `@id("${id}") forbid (principal, action, resource) when { ["${systems.join('","')}"].contains(context.exporter)
      && context.asOf >= ${from} && context.asOf <= ${to} && context has ${fact} && context.${fact} == false };`;
  });
  const staticPolicies = `permit (principal, action, resource);\n${policies.join('\n')}`;
  const { type, errors } = cedar.preparsePolicySet('rules', { staticPolicies });
  if (type !== 'success') throw new Error(`Cedar refused the policies: ${JSON.stringify(errors)}`);
}

const cedarCall = (facts) => ({
  principal: { type: 'Party', id: facts.importer?.place ?? 'none' },
  action: { type: 'Action', id: facts.channel },
  resource: { type: 'Party', id: facts.exporter.place },
  context: {
    asOf: dayNumber(facts.asOf),
    exporter: systemOf(facts.exporter.place),
    ...Object.fromEntries(flagsOf(facts).filter(([, value]) => typeof value === 'boolean')),
  },
  preparsedPolicySetId: 'rules',
  entities: [],
});

const askCedar = (call) => {
  const answer = cedar.statefulIsAuthorized(call);
  if (answer.type !== 'success') throw new Error(`Cedar failed: ${JSON.stringify(answer.errors)}`);
};

/** The law ten times over: nine copies under other names, of corridors that no case below takes. */
function tenfold() {
  const copies = Array.from({ length: 9 }, (_, index) => {
    const renamed = (value) =>
      JSON.parse(JSON.stringify(value).replaceAll(/"(CN|HK|MO|GBA|SCHEME|PLAT)\./g, `"$1.N${index}.`));
    const sections = renamed(PROGRAMME.transfer).map((section) => ({
      ...section,
      exporter: ['mo'],
      importer: ['other'],
    }));
    return { sections, rules: renamed(RULES) };
  });
  const transfer = [...PROGRAMME.transfer, ...copies.flatMap(({ sections }) => sections)];
  return prepare({ ...PROGRAMME, transfer }, registerOf([...RULES, ...copies.flatMap(({ rules }) => rules)]));
}

const withFindings = (evaluate) => (facts) => {
  const ledger = evaluate(facts);
  return { decision: ledger.decision(), findings: ledger.findings() };
};

export default () => {
  const documents = readFileSync(GOLDEN, 'utf8')
    .trim()
    .split('\n')
    .map((line) => Facts.parse(JSON.parse(line).facts));
  const outOfTheMainland = documents.filter(
    ({ channel, exporter }) => channel === 'transfer' && systemOf(exporter.place) === 'cn',
  );
  preparseCedar(documents);
  const explained = (facts) => {
    const { decision, findings } = assess(facts);
    return explain(decision, 'zh-Hant', findings);
  };
  const [ours, theirs, words, single, many] = timed([
    { work: assess, inputs: documents },
    { work: askCedar, inputs: documents.map(cedarCall), rounds: CEDAR_ROUNDS },
    { work: explained, inputs: documents },
    { work: withFindings(prepare(PROGRAMME)), inputs: outOfTheMainland },
    { work: withFindings(tenfold()), inputs: outOfTheMainland },
  ]);
  const rules = `${RULES.length} rules`;
  const beside = `floor: Cedar ${cedar.getCedarVersion()}, as many policies`;
  return [
    {
      name: 'decision with reasons, p50',
      unit: 'µs',
      value: median(ours),
      floor: median(theirs),
      note: `${rules}; budget 50 µs; ${beside}`,
    },
    {
      name: 'decision with reasons, p99',
      unit: 'µs',
      value: p99(ours),
      floor: p99(theirs),
      note: `${rules}; budget 250 µs; ${beside}`,
    },
    {
      name: 'decision with reasons, dearest case, p50',
      unit: 'µs',
      value: dearest(ours, documents.length),
      note: 'of the cases of the specification',
    },
    {
      name: 'decision in sentences, p50',
      unit: 'µs',
      value: median(words),
      note: 'every reason as a sentence in one language',
    },
    {
      name: 'decision, ten times the rules, p50',
      unit: 'µs',
      value: median(many),
      floor: median(single),
      note: 'rules of other corridors; floor: without them; budget 1.5 times',
    },
  ];
};
