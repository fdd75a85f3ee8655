/** A bare Remix page that draws what another page drew: captured, built in a temporary folder, served by a process of its own. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { freePort } from '../../scripts/start/ports.ts';
import { expectOk, waitFor } from '../../scripts/start/wait.ts';
import { codeOf, count, read, type Drawn } from './capture.ts';

export interface BarePage {
  origin: string;
  port: number;
  pid: number;
  /** Elements of the captured markup. */
  elements: number;
  stop: () => Promise<void>;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** @param html a page of the site, as it came. @param path where it is. @throws Error when what is drawn differs from what was captured */
export async function serveBarePage(html: string, path: string): Promise<BarePage> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-bare-remix-'));
  const markup = markupOf(html);
  const [head, body] = [read(markup.head), read(markup.body)];
  await cp(HERE, folder, { recursive: true });
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(join(folder, 'app', 'captured.ts'), moduleOf(head, body, await loaderDataOf(html)));
  const remix = join(ROOT, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js');
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [remix, 'vite:build', '--logLevel', 'warn'], { cwd: folder, env });
  const port = await freePort();
  const command = ['--import', 'tsx', join(folder, 'server.ts'), folder, String(port)];
  const child = spawn(process.execPath, command, { cwd: folder, env, stdio: ['ignore', 'inherit', 'inherit'] });
  const endWithUs = (): void => void child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const stop = async (): Promise<void> => {
    process.off('exit', endWithUs);
    const ended = child.exitCode === null ? once(child, 'exit') : undefined;
    child.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  const origin = `http://localhost:${port}`;
  try {
    await waitFor(() => expectOk(`http://127.0.0.1:${port}${path}`), { withinMs: 30_000 });
    // A bare page keeps the NUL bytes of React 18 that the site takes out (app/server/draw.server.ts).
    const drawn = markupOf((await (await fetch(`http://127.0.0.1:${port}${path}`)).text()).replaceAll('\0', ''));
    if (drawn.body !== markup.body || drawn.head !== markup.head) throw new Error('the bare page draws something else');
  } catch (error) {
    await stop();
    throw error;
  }
  return { origin, port, pid: child.pid ?? 0, elements: count(head) + count(body), stop };
}

/** What a page draws by itself: without scripts, and without the links to them that Remix adds. */
function markupOf(html: string): { head: string; body: string } {
  const [, head = '', all = ''] = /<head>(.*?)<\/head><body>(.*?)<\/body>/su.exec(html) ?? [];
  return { head, body: all.slice(0, all.search(/<script|<link/)) };
}

const moduleOf = (head: readonly Drawn[], body: readonly Drawn[], loaded: unknown): string =>
  [
    `import { createElement as h } from 'react';`,
    `export const head = () => [${head.map(codeOf).join(', ')}];`,
    `export const body = () => [${body.map(codeOf).join(', ')}];`,
    `export const loaded = ${JSON.stringify(loaded)};`,
  ].join('\n');

interface TurboStream {
  decode: (stream: ReadableStream<Uint8Array>) => Promise<{ value: unknown }>;
}

/** The data that the captured page carries for its scripts. */
async function loaderDataOf(html: string): Promise<unknown> {
  const [, literal = '""'] = /streamController\.enqueue\(("(?:[^"\\]|\\.)*")\)/su.exec(html) ?? [];
  // The coding is Remix's own: found from there, wherever npm put it.
  const remix = createRequire(createRequire(import.meta.url).resolve('@remix-run/react'));
  const { decode } = (await import(remix.resolve('turbo-stream'))) as TurboStream;
  const { value } = await decode(new Blob([JSON.parse(literal) as string]).stream());
  return (value as { loaderData: unknown }).loaderData;
}
