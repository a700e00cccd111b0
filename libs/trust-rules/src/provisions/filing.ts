import type { FactAt } from '../facts.js';
import {
  all,
  asOf,
  before,
  choose,
  cite,
  done,
  fact,
  hold,
  known,
  not,
  notAfter,
  any,
  is,
  oblige,
  type Day,
  type Step,
} from '../vocabulary.js';

type FilingAuthority = FactAt<'instrument.filedWith'>;

/** The day up to which a contract may be filed: ten working days after it takes effect. */
const LAST_DAY: Day = fact('instrument.effectiveOn', { workingDays: 10 });

/**
 * Filing of a standard contract with the authority (README section 6, "Filing").
 * @param rule the rule that asks for the filing
 * @param authorities where it may be filed
 */
export function filing(rule: string, authorities: readonly FilingAuthority[]): readonly Step[] {
  const filed = all(
    done('instrument.filedOn'),
    any(not(known('instrument.filedWith')), is('instrument.filedWith', ...authorities)),
  );
  return [
    cite(rule),
    choose(
      [all(filed, before(LAST_DAY, fact('instrument.filedOn'))), oblige('record-late-filing', rule)],
      [filed, []],
      [notAfter(asOf, LAST_DAY), oblige('file-contract-by', rule, LAST_DAY)],
      [all(), [hold('file-contract', rule), oblige('record-late-filing', rule)]],
    ),
  ];
}
