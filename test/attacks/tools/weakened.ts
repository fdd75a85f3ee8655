/** Copies of the build, some with a weakness put into them on purpose, served beside the site on the same database and service. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/start/ports.ts';
import { waitFor } from '../../../scripts/start/wait.ts';
import { wrongClock } from '../../support/wrong-clock.ts';
import type { Mutation, Target, WebSettings } from '../attack.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

export interface RunningSite {
  dataDir: string;
  urls: Record<string, string>;
}

export interface StartedProcess {
  pid: number;
  stop: () => Promise<void>;
}

/** What the site's own processes are told, for one more of them. */
export function processEnvironment({ dataDir, urls }: RunningSite): NodeJS.ProcessEnv {
  return {
    ...process.env,
    NODE_ENV: 'production',
    UV_THREADPOOL_SIZE: '8',
    DATA_DIR: dataDir,
    DATABASE_URL: urls['database'],
    TEMPORAL_ADDRESS: urls['temporal'],
    SMTP_URL: urls['smtp'],
    PUBLIC_ORIGIN: urls['web'],
    TRUSTED_PROXIES: '127.0.0.1',
    HOST: '127.0.0.1',
  };
}

/** A copy of the build with `mutations` in it. @throws Error naming each whose text is not in the build (any more) */
export async function copyBuild(
  mutations: readonly Mutation[],
): Promise<{ build: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'site-weakened-'));
  const build = join(folder, 'build');
  await cp(join(ROOT, 'build'), build, { recursive: true });
  await cp(join(ROOT, 'package.json'), join(folder, 'package.json'));
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const missing: string[] = [];
  for (const mutation of mutations) if (!(await mutate(build, mutation))) missing.push(String(mutation.find));
  const remove = () => rm(folder, { recursive: true, force: true });
  if (missing.length > 0) {
    await remove();
    throw new Error(`planted weaknesses are out of date, the build has no ${missing.join(' and no ')}`);
  }
  return { build, remove };
}

/** @returns whether there was anything to replace */
async function mutate(build: string, { file, find, replace }: Mutation): Promise<boolean> {
  const path = join(build, file);
  const code = await readFile(path, 'utf8');
  const weakened =
    typeof find === 'string' ? code.replaceAll(find, () => replace) : code.replaceAll(everywhere(find), replace);
  await writeFile(path, weakened);
  return weakened !== code;
}

/** Two functions may hold one text: the bundler decides which comes first. */
const everywhere = ({ source, flags }: RegExp): RegExp => new RegExp(source, flags.includes('g') ? flags : `${flags}g`);

/** Serves a build on a port of its own, by default as its own origin. */
export async function startWeb(
  site: RunningSite,
  build: string,
  { publicOrigin, clockAheadHours, passwordPolicy = 'seed' }: WebSettings = {},
): Promise<Target & StartedProcess> {
  const port = await freePort();
  const origin = publicOrigin ?? `http://localhost:${port}`;
  const env = {
    ...processEnvironment(site),
    PORT: String(port),
    PUBLIC_ORIGIN: origin,
    PASSWORD_POLICY: passwordPolicy,
  };
  const started = start(build, 'web.js', env, clockAheadHours);
  await waitFor(
    async () => {
      const { ok, status } = await fetch(`http://127.0.0.1:${port}/healthz`);
      if (!ok) throw new Error(`the web process answers ${status}: ${started.output()}`);
    },
    { withinMs: 30_000, everyMs: 100 },
  ).catch(async (error: unknown) => {
    await started.stop();
    throw error;
  });
  return { origin, port, build, pid: started.pid, said: started.output, stop: started.stop };
}

/** One more worker on the same task queues: it takes about half of what there is to do. */
export function startWorker(site: RunningSite, build: string): StartedProcess {
  return start(build, 'worker.js', processEnvironment(site), undefined);
}

const endingWithUs = new Set<ChildProcess>();

/** Nothing outlives a run that was broken off. */
function endWithUs(child: ChildProcess): void {
  if (endingWithUs.size === 0) process.once('exit', () => endingWithUs.forEach((each) => each.kill('SIGKILL')));
  endingWithUs.add(child);
}

function start(
  build: string,
  file: string,
  env: NodeJS.ProcessEnv,
  clockAheadHours: number | undefined,
): StartedProcess & { output: () => string } {
  const before = clockAheadHours === undefined ? [] : ['--import', wrongClock(clockAheadHours)];
  const child = spawn(process.execPath, [...before, join(build, file)], {
    cwd: join(build, '..'),
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-400_000);
    });
  }
  endWithUs(child);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    stop: async () => {
      endingWithUs.delete(child);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      // A weakened one may not end in order.
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    },
  };
}
