/**
 * Writes docs/generated from the code: problems, messages, evidence catalogue, rules, shape and vocabulary of consent receipts;
 * and which cases exercise which rule, for the console. `--check` compares instead and fails on drift.
 * Needs built libraries.
 */
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import {
  ConsentReceiptClaims,
  contracts,
  evidenceTypes,
  FIELDS_27560,
  legalCn,
  problems,
  receiptContext,
} from '@bayway/contracts';
import { assess, decideMode, decidingRules, Facts, packs, reachOfCorridors, ruleSheets } from '@bayway/trust-rules';
import { ROOT } from './workspace.mjs';

const head = (title, source) =>
  `# ${title}\n\nMade from \`${source}\` by \`node tools/generate-docs.mjs\`; do not edit.\n\n`;
const table = (columns, rows) =>
  `| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The term of a member, found along the contexts that its parents bring. */
function termOf(path) {
  let context = receiptContext;
  let term;
  for (const name of path.split('.')) {
    term = context[name];
    context = term['@context'] ?? context;
  }
  return term['@id'] ?? term;
}

/** One use of a rule: where, what it does, and when. */
function useOf({ section, channels, exporter, importer, effect, code, when }) {
  const sides = [exporter && `exporter ${exporter.join(', ')}`, importer && `importer ${importer.join(', ')}`];
  const where = [channels.join(', '), ...sides].filter(Boolean).join('; ');
  const does = code ? `${effect} \`${code}\`` : effect;
  return `- **${does}** (${section}: ${where})${when.length > 0 ? ` when ${when.map((each) => `\`${each}\``).join(', ')}` : ''}`;
}

function sheetOf({ id, article, effectiveFrom, effectiveTo, status, verification, systems, direction, text, uses }) {
  const days = effectiveFrom ? `in force ${effectiveFrom} to ${effectiveTo ?? 'now'}` : 'not in operation';
  return [
    `### ${id}: ${article}`,
    `${days} · ${status} · verification ${verification} · ${systems.join(', ')} · ${direction}`,
    Object.entries(text)
      .map(([language, words]) => `- ${language}: ${words}`)
      .join('\n'),
    uses.length > 0 ? `What it does:\n\n${uses.map(useOf).join('\n')}` : 'No provision rests on it.',
  ].join('\n\n');
}

/** The law as lawyers read it: by instrument, each rule with its text and every use the provisions make of it. */
function rulesByInstrument() {
  const instruments = new Map();
  for (const sheet of ruleSheets())
    instruments.set(sheet.instrument.en, [...(instruments.get(sheet.instrument.en) ?? []), sheet]);
  return [...instruments].map(([name, sheets]) => `## ${name}\n\n${sheets.map(sheetOf).join('\n\n')}\n`).join('\n');
}

const NAMES = { hk: 'Hong Kong', mo: 'Macao', cn: 'Mainland' };
function reachRow({ from, to, mode, outcome, facts, differences, why }) {
  const when = facts ? differences.join('; ') || 'everything is in order' : why;
  const rules = facts ? decidedBy(assess(decideMode(facts, mode).facts)) : '';
  return [NAMES[from], NAMES[to], mode, outcome, facts ? 'yes' : 'no', when, rules];
}
/** What stands in the way: missing steps, open questions, or the rules that forbid it. */
function decidedBy({ decision: { missing, unsettled = [], outcome, droppedItems }, findings }) {
  const forbidding = findings.filter(({ effect }) => effect === 'forbid').flatMap(({ rules }) => rules);
  const forbidden = forbidding.length > 0 ? forbidding : droppedItems.map(({ rule }) => rule);
  const named = outcome === 'forbid' ? forbidden : [...missing, ...unsettled];
  return [...new Set(named)].map((code) => `\`${code}\``).join(', ');
}

const RULE_CASES = join('libs', 'trust-rules', 'src', 'generated', 'rule-cases.ts');

/** The golden cases and the further cases of the law: what each comes to, by which rules, and what else it cites. */
function ruleCases() {
  const lines = ['golden', 'law-cases'].flatMap((file) =>
    readFileSync(join(ROOT, 'libs', 'trust-rules', 'test', `${file}.jsonl`), 'utf8')
      .trim()
      .split('\n'),
  );
  const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  const rows = lines.map((line) => {
    const { id, title, facts } = JSON.parse(line);
    const assessed = assess(Facts.parse(facts));
    const decides = decidingRules(assessed);
    const cites = assessed.decision.because.filter((rule) => !decides.includes(rule));
    return `  [${[id, title, assessed.decision.outcome, decides.join(' '), cites.join(' ')].map(quoted).join(', ')}],\n`;
  });
  return (
    '// Made from test/golden.jsonl and test/law-cases.jsonl by `node tools/generate-docs.mjs`; do not edit.\n\n' +
    '/** A case: its name, what it is about, the outcome, the rules that decide it, and those that it cites beside them. */\n' +
    'export type RuleCase = readonly [id: string, title: string, outcome: string, decides: string, cites: string];\n\n' +
    `/** The cases that the rules are held to, each decided by the rules of this release. */\nexport const RULE_CASES: readonly RuleCase[] = [\n${rows.join('')}];\n`
  );
}

const documents = {
  'rules.md':
    head('Rules', 'libs/trust-rules/src/packs and src/provisions') +
    `Version ${packs.version}. Conditions of one use all hold together; within a section an earlier line may end it before a later one is met.\n` +
    'Not legal advice: each rule carries a mark of how far it was verified (V read in full, S official excerpt, 2 secondary source, GK to be checked, design a rule of the platform).\n\n' +
    rulesByInstrument(),
  'corridors.md':
    head('Corridors', 'libs/trust-rules/src/corridors.ts') +
    'Whether each outcome can come about for each pair, mode and law in force, and by the fewest differences from an ordinary request between two\n' +
    'banks with everything in order. An answer is decided as the transfer of what it says; what is to be compared must first be carried away.\n\n' +
    table(
      ['from', 'to', 'mode', 'outcome', 'reachable', 'when, or why not', 'rules'],
      reachOfCorridors().map(reachRow),
    ),
  'problems.md':
    head('Problems', 'libs/contracts/src/problem.ts') +
    'The `type` of a problem (RFC 9457) is `https://bayway.example/problems/<code>`.\n\n' +
    table(
      ['code', 'status', 'title'],
      Object.entries(problems).map(([code, { status, title }]) => [`\`${code}\``, status, title]),
    ),
  'messages.md':
    head('Messages', 'libs/contracts/src') +
    'Who may send what on the bus. *Border* messages are signed by the broker that sends them, and no others cross.\n\n' +
    table(
      ['subject', 'kind', 'from', 'to', 'border'],
      [...contracts]
        .sort((a, b) => a.subject.localeCompare(b.subject))
        .map((c) => [`\`${c.subject}\``, c.kind, c.from.join(', '), c.to.join(', '), c.border ? 'yes' : '']),
    ),
  'evidence.md':
    head('Evidence', 'libs/contracts/src/evidence.ts') +
    'What leaves an entry in a jurisdiction’s log. An entry is a commitment; the record and its salt stay with the service.\n\n' +
    table(
      ['type', 'says'],
      Object.entries(evidenceTypes).map(([type, says]) => [`\`${type}\``, says]),
    ),
  'consent-receipt.schema.json': json({
    $id: 'https://bayway.example/schemas/consent-receipt/2',
    title: 'Claims of a consent receipt (ISO/IEC TS 27560 record in JSON-LD)',
    ...z.toJSONSchema(ConsentReceiptClaims),
  }),
  'consent-receipt.context.jsonld': json({ '@context': receiptContext }),
  'legal-cn.jsonld': json(legalCn),
  'consent-receipt.md':
    head('Consent receipts', 'libs/contracts/src/receipt-context.ts') +
    'Where a receipt has the fields of ISO/IEC TS 27560:2023. Shape: `consent-receipt.schema.json`; meaning: `consent-receipt.context.jsonld`, over DPV 2.3 and `legal-cn.jsonld`.\n\n' +
    table(
      ['field', 'member', 'term'],
      Object.entries(FIELDS_27560).map(([field, path]) => [field, `\`${path}\``, termOf(path)]),
    ),
};

let drifted = 0;
const generated = Object.entries(documents).map(([name, text]) => [join('docs', 'generated', name), text]);
for (const [name, text] of [...generated, [RULE_CASES, ruleCases()]]) {
  const file = join(ROOT, name);
  if (process.argv.includes('--check')) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    drifted += 1;
    process.stdout.write(`${name} is not what the code says: run \`node tools/generate-docs.mjs\`\n`);
  } else {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
process.exit(drifted === 0 ? 0 : 1);
