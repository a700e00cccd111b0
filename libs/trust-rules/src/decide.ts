import type { Decision } from './decision.js';
import type { Case } from './engine/case.js';
import { Ledger, type Finding } from './engine/ledger.js';
import { compileSteps, type Run } from './engine/step.js';
import { Channel, type Facts } from './facts.js';
import { systemOf } from './places.js';
import { PROGRAMME } from './provisions/programme.js';
import { REGISTER, type Register } from './registry.js';
import type { Programme, Section, System } from './vocabulary.js';

/** A decision with the findings it combines. */
export type Assessed = Readonly<{ decision: Decision; findings: readonly Finding[] }>;

const SYSTEMS: readonly (System | undefined)[] = ['cn', 'hk', 'mo', 'other', undefined];

const key = (channel: Channel, exporter: System, importer: System | undefined): string =>
  `${channel} ${exporter} ${importer ?? '-'}`;

const concerns = (section: Section, exporter: System, importer: System | undefined): boolean =>
  (section.exporter?.includes(exporter) ?? true) &&
  (section.importer === undefined || (importer !== undefined && section.importer.includes(importer)));

/**
 * Makes a programme ready, indexed by channel and corridor, so that the law of other corridors costs nothing.
 * @param register the rules it names; throws a RangeError where one is missing
 */
export function prepare(programme: Programme, register: Register = REGISTER): (facts: Facts) => Ledger {
  const index = new Map<string, readonly Run[]>();
  for (const channel of Channel.options) {
    const sections = programme[channel].map((section) => ({
      section,
      run: compileSteps(section.steps, { register, looked: [] }),
    }));
    for (const exporter of SYSTEMS.filter((system) => system !== undefined)) {
      for (const importer of SYSTEMS) {
        const runs = sections.filter(({ section }) => concerns(section, exporter, importer)).map(({ run }) => run);
        index.set(key(channel, exporter, importer), runs);
      }
    }
  }
  return (facts) => {
    const ledger = new Ledger();
    const at: Case = { facts, asOf: facts.asOf, marks: new Set(), ledger, kept: [], item: undefined };
    const importer = facts.importer && systemOf(facts.importer.place);
    for (const run of index.get(key(facts.channel, systemOf(facts.exporter.place), importer)) ?? []) run(at);
    return ledger;
  };
}

const evaluate = prepare(PROGRAMME);

/**
 * Decides a proposed data request under every law that applies to it. Pure: no clock, no I/O; equal facts give equal
 * bytes. The facts must have passed `Facts`.
 * @returns the decision, in the public output format
 */
export const decide = (facts: Facts): Decision => evaluate(facts).decision();

/** Decides and also names each finding: its reason, the rules it rests on and the facts that were looked at. */
export function assess(facts: Facts): Assessed {
  const ledger = evaluate(facts);
  return { decision: ledger.decision(), findings: ledger.findings() };
}
