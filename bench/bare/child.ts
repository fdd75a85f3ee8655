/** A bare contender in a process of its own, told by messages what to do: nothing of the site is loaded there. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface BareProcess {
  pid: number;
  /** Sends a message and waits for the answer. @throws Error when the process ends instead */
  ask: (message: object) => Promise<unknown>;
  stop: () => Promise<void>;
}

/** Starts a file of this folder and waits for its first message. */
export async function startBare(
  file: string,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<BareProcess> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, NODE_ENV: 'production', ...env },
  });
  const answer = async (): Promise<unknown> => {
    const ended = once(child, 'exit').then(() => {
      throw new Error(`${file} ended`);
    });
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [unknown];
    return message;
  };
  await answer();
  return {
    pid: child.pid ?? 0,
    ask: (message) => {
      const answered = answer();
      child.send(message);
      return answered;
    },
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}
