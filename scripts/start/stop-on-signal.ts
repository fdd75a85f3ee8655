/** Ctrl-C stops the parts in order; a second one, a moment later, ends them at once. */

interface Stopping {
  /** Stops in order. */
  stop: () => Promise<void>;
  /** Ends everything now. */
  kill: () => void;
  /** The last act in both cases. */
  finish: () => void;
  say: (line: string) => void;
}

/** One Ctrl-C under npm arrives twice: from the terminal and from npm. */
const ONE_PRESS_MS = 1500;

/** @returns a signal that fires with the first press */
export function stopOnSignal({ stop, kill, finish, say }: Stopping): AbortSignal {
  const asked = new AbortController();
  let firstAt = 0;
  const onSignal = (): void => {
    if (asked.signal.aborted) {
      if (Date.now() - firstAt < ONE_PRESS_MS) return;
      kill();
      finish();
      process.exit(130);
    }
    firstAt = Date.now();
    say('\n  Stopping (Ctrl-C again: at once) …');
    asked.abort();
    void stop().then(() => {
      finish();
      say('  Stopped.');
      process.exit(0);
    });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  return asked.signal;
}
