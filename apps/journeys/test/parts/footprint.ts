import { readFile } from 'node:fs/promises';
import { execFileSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import type { System } from '../../src/system.js';

const LIMIT_MB = 2_500;

/** Resident memory of a process and everything below it, megabytes. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}

/** The idle system fits into its budget. */
export function footprint(system: () => System): void {
  it(`holds ${LIMIT_MB} MB resident at most when idle`, async () => {
    const programs = await Promise.all(
      [...system().bay.programs.pids()].map(async ([name, pid]) => [name, await residentMb(pid)] as const),
    );
    const others = execFileSync('ps', ['-eo', 'pid=,args='], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(system().home) && /postgres|nats-server/.test(line))
      .map((line) => Number(line.trim().split(/\s+/)[0]));
    const servers = await Promise.all(others.map(residentMb));
    const sum = [...programs.map(([, mb]) => mb), ...servers].reduce((a, b) => a + b, 0);
    expect(programs.length).toBeGreaterThanOrEqual(17);
    expect(sum).toBeLessThan(LIMIT_MB);
  });
}
