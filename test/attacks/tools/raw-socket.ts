/** HTTP written by hand, for what no client library would send. */
import { connect, type Socket } from 'node:net';

export interface RawAnswer {
  /** 0 when the connection was closed without a word. */
  status: number;
  text: string;
  milliseconds: number;
}

/**
 * Sends bytes as they are and reads until the server closes, or the first answer is complete enough, or the time is over.
 * @param drip sent one after the other with this pause, so that a request never gets finished
 */
export function rawRequest(
  port: number,
  bytes: string | Buffer,
  { withinMs = 10_000, drip }: { withinMs?: number; drip?: { everyMs: number; bytes: string } } = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const begun = performance.now();
    const socket: Socket = connect(port, '127.0.0.1');
    let text = '';
    const dripping = drip === undefined ? undefined : setInterval(() => socket.write(drip.bytes), drip.everyMs);
    const over = setTimeout(() => finish(), withinMs);
    const finish = (): void => {
      clearTimeout(over);
      clearInterval(dripping);
      socket.destroy();
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0);
      resolve({ status, text, milliseconds: performance.now() - begun });
    };
    socket.setNoDelay(true);
    socket.on('connect', () => socket.write(bytes));
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
      if (text.includes('\r\n\r\n')) finish();
    });
    socket.on('error', finish);
    socket.on('close', finish);
  });
}
