/** Ports are settled before anything starts, so that a taken one is said in plain words instead of by a stack trace later. */
import { createServer } from 'node:net';
import { StartFailure } from './failure.ts';

export interface WantedPort {
  /** The variable that changes it. */
  variable: string;
  what: string;
  /** 0 means any free one. */
  port: number;
  host: string;
}

/** Below what systems hand out for outgoing connections, so that nobody else gets it between our look and its use. */
const FREE_RANGE = { from: 20_000, to: 32_000 };

/**
 * The port for each one that is wanted.
 * @throws StartFailure with a line for every port that is taken
 */
export async function settlePorts<Name extends string>(
  wanted: Record<Name, WantedPort | undefined>,
): Promise<Record<Name, number | undefined>> {
  const entries = Object.entries(wanted) as [Name, WantedPort | undefined][];
  const used = new Set(entries.map(([, want]) => want?.port ?? 0));
  const settled: [Name, number | undefined][] = [];
  const problems: string[] = [];
  for (const [name, want] of entries) {
    const problem = want === undefined || want.port === 0 ? undefined : await problemWith(want);
    if (problem !== undefined) problems.push(problem);
    settled.push([name, want?.port === 0 ? await freePort(want.host, used) : want?.port]);
  }
  if (problems.length > 0) throw new StartFailure(problems.join('\n'));
  return Object.fromEntries(settled) as Record<Name, number | undefined>;
}

async function problemWith({ variable, what, port, host }: WantedPort): Promise<string | undefined> {
  const reason = await whyNot(host, port);
  if (reason === undefined) return undefined;
  const change = `set ${variable} to another port (0 = any free one)`;
  return reason === 'EADDRINUSE'
    ? `Port ${port} (${what}) is already in use: end what uses it, or ${change}.`
    : `Port ${port} (${what}) can't be used on ${host} (${reason}): ${change}.`;
}

/** A port on 127.0.0.1 that nothing listens on. */
export async function freePort(host = '127.0.0.1', used = new Set<number>()): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = FREE_RANGE.from + Math.floor(Math.random() * (FREE_RANGE.to - FREE_RANGE.from));
    if (used.has(port) || (await whyNot(host, port)) !== undefined) continue;
    used.add(port);
    return port;
  }
  throw new StartFailure(`No free port between ${FREE_RANGE.from} and ${FREE_RANGE.to} on ${host}.`);
}

/** The system's word for why nobody can listen there, or undefined. */
async function whyNot(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
