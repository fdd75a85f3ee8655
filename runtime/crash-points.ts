/** Named places where a fault test lets this process die as by kill -9. Off unless CRASH names them; production refuses CRASH. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { config } from './config.ts';

/** Dies here once (a flag file remembers it) if CRASH lists `name`, e.g. `CRASH=submit.after-commit,letter.after-effect`. */
export function crashPoint(name: string): void {
  const { points, flagDir } = config().crash;
  if (points === undefined || flagDir === undefined || !points.split(',').includes(name)) return;
  mkdirSync(flagDir, { recursive: true });
  try {
    writeFileSync(join(flagDir, name.replaceAll(/[^a-z0-9.-]/g, '_')), String(process.pid), { flag: 'wx' });
  } catch {
    return;
  }
  process.kill(process.pid, 'SIGKILL');
  // SIGKILL to oneself is delivered asynchronously: nothing after this point may run.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
