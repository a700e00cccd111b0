import { describe, expect, it } from '@jest/globals';
import { LANGUAGES } from '@bayway/domain';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const PACKS = new URL('../src/packs/', import.meta.url);
const CONFIG = fileURLToPath(new URL('../tsconfig.lib.json', import.meta.url));

const texts: Readonly<Record<string, string>> = {
  en: "en: 'a',",
  'zh-Hant': "'zh-Hant': '甲',",
  'zh-Hans': "'zh-Hans': '甲',",
  pt: "pt: 'a',",
};

/** A pack whose rule has these languages, as its file would state it. */
const packWith = (languages: readonly string[]): string => `
import { pack } from './pack.js';
const instrument = { ${Object.values(texts).join(' ')} };
export const A = pack(
  { instrument, effectiveFrom: '2026-01-01', status: 'in-force', verification: 'V', systems: ['cn'], direction: 'any' },
  { 'CN.A.1': { article: 'art 1', text: { ${languages.map((language) => texts[language]).join(' ')} } } },
);`;

/** What the compiler says of a file that stands beside the packs, with the settings of the build. */
function faultsOf(source: string): string[] {
  const { config } = ts.readConfigFile(CONFIG, (file) => ts.sys.readFile(file)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, fileURLToPath(new URL('..', import.meta.url)));
  const name = fileURLToPath(new URL('a-pack-under-test.ts', PACKS));
  const alone = { ...options, noEmit: true, composite: false, incremental: false, skipLibCheck: true };
  delete alone.tsBuildInfoFile;
  const host = ts.createCompilerHost(alone);
  const given = host.getSourceFile.bind(host);
  host.getSourceFile = (file, ...rest) =>
    file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022) : given(file, ...rest);
  const program = ts.createProgram([name], alone, host);
  const file = program.getSourceFile(name);
  return program
    .getSemanticDiagnostics(file)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('a rule in the build', () => {
  it('stands with its text in four languages', () => {
    expect(faultsOf(packWith(LANGUAGES))).toEqual([]);
  }, 120_000);

  it.each(LANGUAGES)(
    'fails the build without its text in %s',
    (missing) => {
      const [fault] = faultsOf(packWith(LANGUAGES.filter((language) => language !== missing)));
      expect(fault).toMatch(new RegExp(`'?"?${missing}"?'? is missing`));
    },
    120_000,
  );
});
