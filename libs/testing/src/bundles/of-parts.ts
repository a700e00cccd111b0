import { assembleBundle, type Parts, Pins, type SideName, SIDES } from '@bayway/bundle';
import { commitmentTo } from '@bayway/envelope';
import type { TestTrust } from '../trust.js';
import { evidenceOf, Log } from './logs.js';

/**
 * The bundle of what services under test answered: their records are put into logs that all three sides witness, behind the
 * lines of their key directories.
 *
 * @param trust whose keys signed the parts
 */
export async function bundleOfParts(parts: Parts, trust: TestTrust): Promise<{ bytes: Uint8Array; pins: Pins }> {
  const logs = Object.fromEntries(SIDES.map((side) => [side, logOf(side, trust)])) as Record<SideName, Log>;
  for (const side of SIDES) for (const line of trust.lines.get(side) ?? []) logs[side].publish(line);
  for (const { record, salt } of [...parts.records.importer, ...parts.records.exporter])
    for (const side of SIDES) logs[side].add(commitmentTo(salt, record as Parameters<typeof commitmentTo>[1]));
  const pins = Pins.parse(JSON.parse(trust.rootsSetting()));
  return { bytes: await assembleBundle(parts, evidenceOf(logs)), pins };
}

function logOf(side: SideName, trust: TestTrust): Log {
  const witnesses = SIDES.filter((by) => by !== side);
  return new Log(side, {
    log: trust.key(`${side}/evidence`, 'log'),
    witnesses: witnesses.map((by) => [by, trust.key(`${by}/evidence`, 'witness')] as const),
  });
}
