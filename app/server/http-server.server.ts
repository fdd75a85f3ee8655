/** The HTTP server around the Express application: its limits, and its end (S60, F17). */
import { createServer, type Server } from 'node:http';
import { type Socket } from 'node:net';
import type { Express } from 'express';
import { unreadableHeaders } from './headers.server.ts';

const LARGEST_HEADER_BYTES = 16 * 1024;
const DRAIN_MILLISECONDS = 15_000;

/** Node looks for connections that take too long only now and then: by default so seldom that 10 s become 40 (S60). */
const LOOK_FOR_SLOW_MILLISECONDS = 1000;

/** A server with its time and size limits, not listening yet. */
export function httpServer(app: Express): Server {
  const options = {
    maxHeaderSize: LARGEST_HEADER_BYTES,
    connectionsCheckingInterval: LOOK_FOR_SLOW_MILLISECONDS,
    // The host gate refuses what names no host, with our headers instead of Node's none.
    requireHostHeader: false,
  };
  const server = createServer(options, app);
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  // Longer than the 60 s for which load balancers usually keep a connection: the one who closes must be they.
  server.keepAliveTimeout = 65_000;
  server.on('clientError', refuseUnreadable);
  return server;
}

const STATUS_OF: Record<string, string> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** What can't be read as HTTP never becomes a request: it is answered here, in one line of plain text. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ''] ?? '400 Bad Request';
  const headers = Object.entries({
    'Content-Type': 'text/plain; charset=utf-8',
    ...unreadableHeaders,
    Connection: 'close',
  });
  const head = headers.map(([name, value]) => `${name}: ${value}`).join('\r\n');
  socket.end(`HTTP/1.1 ${status}\r\n${head}\r\n\r\n${status}\n`);
}

/** Takes no more connections, lets open requests end (at most 15 s), then closes what is left. */
export async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const enough = setTimeout(() => server.closeAllConnections(), DRAIN_MILLISECONDS);
  await closed;
  clearInterval(idle);
  clearTimeout(enough);
}
