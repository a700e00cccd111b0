import { CoverageCount, Facts, ruleSheets, type RuleSheet } from '@bayway/trust-rules';
import { Language } from '@bayway/domain';
import { parseArgs } from 'node:util';
import { CommandError, EXIT, type Command, type Terminal } from './command.js';
import { answerDocuments, faultsOf, writeLine } from './documents.js';

/**
 * `bayway rules [--language L]`: the register, one rule a line, with what each applies to, asks for and does.
 * `bayway rules --coverage FILE|-`: over facts documents, how often each rule was cited and how often it decided, one
 * rule a line, those never met included; a summary on the error output. A faulty document gets an error line and is left out.
 */
export const rulesCommand: Command = async (args, terminal) => {
  const { language, coverage } = options(args);
  if (coverage !== undefined) return cover(coverage, terminal);
  for (const sheet of ruleSheets()) await writeLine(terminal.stdout, inLanguage(sheet, language));
  return EXIT.done;
};

function options(args: readonly string[]): { language: Language; coverage: string | undefined } {
  const usage = (message: string): CommandError => new CommandError(message, EXIT.usage);
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { language: { type: 'string', default: 'en' }, coverage: { type: 'string' } },
    });
    const language = Language.safeParse(values.language);
    if (!language.success) throw usage(`--language is one of ${Language.options.join(', ')}`);
    return { language: language.data, coverage: values.coverage };
  } catch (error) {
    throw error instanceof CommandError ? error : usage('give [--language L] or --coverage FILE');
  }
}

function inLanguage({ instrument, articleText, text, uses, ...rule }: RuleSheet, language: Language) {
  return { ...rule, instrument: instrument[language], articleText: articleText[language], text: text[language], uses };
}

async function cover(file: string, terminal: Terminal): Promise<number> {
  const count = new CoverageCount();
  const exit = await answerDocuments([file], terminal, (document) => {
    const parsed = Facts.safeParse(document);
    if (!parsed.success) return { faults: parsed.error.issues.flatMap(faultsOf) };
    count.add(parsed.data);
    return { taken: true };
  });
  const rules = count.report();
  for (const line of rules) await writeLine(terminal.stdout, line);
  const some = (member: 'cited' | 'decided'): number => rules.filter((rule) => rule[member] > 0).length;
  terminal.stderr.write(
    `${count.requests} requests; of ${rules.length} rules ${some('cited')} were cited and ${some('decided')} decided\n`,
  );
  return exit;
}
