import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import type { System } from '../../src/system.js';

const LIMIT_MB = 2_500;

/** Resident memory of a process, megabytes; pages it shares with others count in proportion (PSS), so that a sum is true. */
async function residentMb(pid: number): Promise<number> {
  const memory = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  return Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0) / 1024;
}

/** The idle system fits into its budget. */
export function footprint(system: () => System): void {
  it(`holds ${LIMIT_MB} MB resident at most when idle`, async () => {
    const programs = await Promise.all(
      [...system().bay.programs.pids()].map(async ([name, pid]) => [name, await residentMb(pid)] as const),
    );
    const table = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
      .split('\n')
      .map((line) => line.trim().split(/\s+/));
    const heads = table.filter(([, , ...args]) => args.join(' ').includes(system().home)).map(([pid]) => pid);
    const others = table
      .filter(([pid, parent]) => heads.includes(pid) || heads.includes(parent))
      .map(([pid]) => Number(pid));
    const servers = await Promise.all(others.map(residentMb));
    const sum = [...programs.map(([, mb]) => mb), ...servers].reduce((a, b) => a + b, 0);
    expect(programs.length).toBeGreaterThanOrEqual(17);
    expect(sum).toBeLessThan(LIMIT_MB);
  });
}
