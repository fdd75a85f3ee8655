/** CPU time and memory of processes with all their children, from /proc: Linux only, elsewhere nothing is measured and one line says so. */
import { readdirSync, readFileSync } from 'node:fs';

/** Pids by the name of the part, e.g. `{ web: 4711 }`. */
export type Pids = Record<string, number>;

export interface CpuUsed {
  /** Seconds of all parts together. */
  total: number;
  of: Record<string, number>;
}

export interface Memory {
  /** Resident megabytes; pages that several processes share count in each. */
  rss: number;
  /** Shared pages counted once, in parts; undefined where the system doesn't let it be read. */
  pss: number | undefined;
}

/** Why CPU and memory are not measured here, or undefined. */
export const unmeasured: string | undefined =
  process.platform === 'linux' ? undefined : `CPU and memory are read from /proc: not measured on ${process.platform}.`;

/** The kernel's clock tick: USER_HZ is 100 on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/** Starts to count. @returns a function that answers with what was used since; undefined where nothing can be measured */
export function cpuMeter(pids: Pids): () => CpuUsed | undefined {
  if (unmeasured !== undefined) return () => undefined;
  const before = secondsOf(pids);
  return () => {
    const of = Object.fromEntries(
      Object.entries(secondsOf(pids)).map(([part, seconds]) => [part, seconds - (before[part] ?? 0)]),
    );
    return { total: Object.values(of).reduce((sum, each) => sum + each, 0), of };
  };
}

/** What a process and its children have used since they began, those included that have ended; undefined where it can't be measured. */
export const cpuSecondsOf = (pid: number): number | undefined =>
  unmeasured === undefined ? secondsOf({ family: pid })['family'] : undefined;

/** What a process holds now, with its children unless `alone`; undefined where it can't be measured. */
export function memoryOf(pid: number, { alone = false } = {}): Memory | undefined {
  if (unmeasured !== undefined) return undefined;
  const family = alone ? [pid] : familyOf(pid, readProcesses());
  const rss = family.map((each) => kilobytes(each, 'status', /^VmRSS:\s+(\d+) kB/m));
  const pss = family.map((each) => kilobytes(each, 'smaps_rollup', /^Pss:\s+(\d+) kB/m));
  return { rss: megabytes(rss), pss: pss.every((each) => each !== undefined) ? megabytes(pss) : undefined };
}

function secondsOf(pids: Pids): Record<string, number> {
  const processes = readProcesses();
  const ticks = (pid: number) => processes.get(pid)?.ticks ?? 0;
  return Object.fromEntries(
    Object.entries(pids).map(([part, pid]) => [
      part,
      familyOf(pid, processes).reduce((sum, each) => sum + ticks(each), 0) / TICKS_PER_SECOND,
    ]),
  );
}

interface Process {
  parent: number;
  /** User and system time, also of its children that have ended: a closed database connection is not lost. */
  ticks: number;
}

function readProcesses(): Map<number, Process> {
  const found = new Map<number, Process>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The command name, in brackets, may itself hold spaces and brackets: count from the last one.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
      found.set(Number(name), { parent: Number(fields[1]), ticks });
    } catch {
      // It ended between the listing and the reading.
    }
  }
  return found;
}

function familyOf(pid: number, processes: ReadonlyMap<number, Process>): number[] {
  const family = [pid];
  // The list grows while it is walked: children of children come too.
  for (const member of family) for (const [child, { parent }] of processes) if (parent === member) family.push(child);
  return family;
}

function kilobytes(pid: number, file: string, pattern: RegExp): number | undefined {
  try {
    const found = pattern.exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1];
    return found === undefined ? undefined : Number(found);
  } catch {
    return undefined;
  }
}

const megabytes = (each: (number | undefined)[]): number =>
  each.reduce<number>((sum, kilo) => sum + (kilo ?? 0), 0) / 1024;
