/** The HTTP server around the Express application: its limits, and its end (S60, F17). */
import { createServer, type Server } from 'node:http';
import { type Socket } from 'node:net';
import type { Express } from 'express';

const LARGEST_HEADER_BYTES = 16 * 1024;
const DRAIN_MILLISECONDS = 15_000;

/** A server with its time and size limits, not listening yet. */
export function httpServer(app: Express): Server {
  const server = createServer({ maxHeaderSize: LARGEST_HEADER_BYTES }, app);
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
  const headers = [
    'Content-Type: text/plain; charset=utf-8',
    'X-Content-Type-Options: nosniff',
    "Content-Security-Policy: default-src 'none'",
    'Cache-Control: no-store',
    'Connection: close',
  ];
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${status}\n`);
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
