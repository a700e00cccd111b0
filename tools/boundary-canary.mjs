/**
 * Proves that the boundaries bite: lints forbidden imports, each of which must be refused by the rule that forbids it.
 * Without a project graph the boundary rule only warns that it was skipped; this fails then.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import { ROOT } from './workspace.mjs';

const BOUNDARY = '@nx/enforce-module-boundaries';
const CANARIES = [
  {
    file: 'libs/domain/src/canary.ts',
    code: "import { contracts } from '@bayway/contracts';\nexport const seen = contracts;\n",
    rule: BOUNDARY,
  },
  {
    file: 'libs/trust-rules/src/canary.ts',
    code: "import { Injectable } from '@nestjs/common';\nexport const seen = Injectable;\n",
    rule: BOUNDARY,
  },
  {
    file: 'apps/consent/src/canary.ts',
    code: "import { infra } from '@bayway/infra';\nexport const seen: unknown = infra;\n",
    rule: BOUNDARY,
  },
  {
    file: 'apps/consent/src/canary.ts',
    code: "import { seen } from '../../broker/src/main.js';\nexport const canary: unknown = seen;\n",
    rule: BOUNDARY,
  },
  {
    file: 'apps/broker/src/canary.ts',
    code: "export const fail = (): never => {\n  throw new Error('vanilla');\n};\n",
    rule: 'bayway/no-vanilla-errors',
  },
  {
    file: 'apps/broker/src/canary.ts',
    code: 'export const home = process.env.HOME;\n',
    rule: 'bayway/environment-in-config',
  },
];

let failed = 0;
for (const { file, code, rule } of CANARIES) {
  const path = join(ROOT, file);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, code);
  try {
    const [result] = await new ESLint({ cwd: ROOT, cache: false }).lintFiles([path]);
    const caught = result.messages.some((m) => m.ruleId === rule && m.severity === 2);
    if (!caught) {
      failed += 1;
      process.stdout.write(
        `not refused by ${rule}: ${file}\n${code}${JSON.stringify(result.messages.map((m) => [m.ruleId, m.message]))}\n`,
      );
    }
  } finally {
    rmSync(path, { force: true });
  }
}
process.stdout.write(`${CANARIES.length - failed} of ${CANARIES.length} forbidden imports and calls were refused\n`);
process.exit(failed === 0 ? 0 : 1);
