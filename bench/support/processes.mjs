/** What Linux says of processes: processor time and resident memory. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in /proc/<pid>/stat: 100 on every Linux that Node runs on. */
const TICKS = 100;

/** The fields of a process' stat line behind its name; undefined when it has ended. */
function statOf(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** A process and its children, as PostgreSQL has one for every connection. */
export function familyOf(pid) {
  const others = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return [pid, ...others.map(Number).filter((other) => Number(statOf(other)?.[1]) === pid)];
}

/** Processor seconds of a process so far, with those of its living children and of those that have ended. */
export function cpuSecondsOf(pid) {
  const own = (fields) => Number(fields[11]) + Number(fields[12]);
  const [first, ...children] = familyOf(pid).map(statOf);
  if (!first) return 0;
  const ended = Number(first[13]) + Number(first[14]);
  return (own(first) + ended + children.reduce((sum, fields) => sum + (fields ? own(fields) : 0), 0)) / TICKS;
}

/** A field of a file under /proc; 0 for a process that has ended meanwhile. */
function kilobytes(path, field) {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync(path, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}

/** Resident megabytes (10^6 bytes) of one process. */
export function residentOf(pid) {
  return (kilobytes(`/proc/${pid}/status`, 'VmRSS') * 1024) / 1e6;
}

/** Resident megabytes of a process and its children, pages that they share counted once. */
export function familyResidentOf(pid) {
  const shares = familyOf(pid).map((each) => kilobytes(`/proc/${each}/smaps_rollup`, 'Pss'));
  return (shares.reduce((sum, share) => sum + share, 0) * 1024) / 1e6;
}
