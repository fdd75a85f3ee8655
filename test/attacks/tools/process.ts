/** What a process takes of the machine (Linux only: elsewhere it is not measured). */
import { readFileSync } from 'node:fs';

/** Resident memory in MB, or undefined where the system doesn't tell. */
export function residentMegabytes(pid: number): number | undefined {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}

/** Looks at a process while `work` runs. @returns its result, and by how many MB the process had grown at most */
export async function watchMemory<T>(
  pid: number,
  work: () => Promise<T>,
): Promise<{ result: T; grownBy: number | undefined }> {
  const before = residentMegabytes(pid);
  let most = before ?? 0;
  const looking = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid) ?? 0);
  }, 100);
  try {
    const result = await work();
    most = Math.max(most, residentMegabytes(pid) ?? 0);
    return { result, grownBy: before === undefined ? undefined : most - before };
  } finally {
    clearInterval(looking);
  }
}
