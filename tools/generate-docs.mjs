/**
 * Writes docs/generated from the code: problems, messages, evidence catalogue. `--check` compares instead and fails on drift.
 * Needs built libraries.
 */
import { mkdirSync, readFileSync, writeFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { contracts, evidenceTypes, problems } from '@bayway/contracts';
import { ROOT } from './workspace.mjs';

const head = (title, source) =>
  `# ${title}\n\nMade from \`${source}\` by \`node tools/generate-docs.mjs\`; do not edit.\n\n`;
const table = (columns, rows) =>
  `| ${columns.join(' | ')} |\n|${columns.map(() => '---|').join('')}\n${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n`;

const documents = {
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
};

let drifted = 0;
const folder = join(ROOT, 'docs', 'generated');
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(documents)) {
  const file = join(folder, name);
  if (process.argv.includes('--check')) {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    drifted += 1;
    process.stdout.write(`docs/generated/${name} is not what the code says: run \`node tools/generate-docs.mjs\`\n`);
  } else writeFileSync(file, text);
}
process.exit(drifted === 0 ? 0 : 1);
