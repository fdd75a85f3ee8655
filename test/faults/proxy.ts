/** A TCP proxy on the loopback that breaks lines in the ways real networks do. */
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/**
 * `refuse`: nobody listens any more. `black-hole`: takes everything, hands nothing on. `reset`: RST at once. `latency`: each chunk
 * later by `delayMs`. `cut-after-request`: the whole request arrives, the answer's first byte breaks the line instead of arriving.
 */
export type ProxyMode =
  | { kind: 'pass' }
  | { kind: 'refuse' }
  | { kind: 'black-hole' }
  | { kind: 'reset' }
  | { kind: 'latency'; delayMs: number }
  | { kind: 'cut-after-request' };

export interface Proxy {
  port: number;
  /** Connections that met each kind of mode so far: a fault whose proxy nobody used is a failed run. */
  met: (kind: ProxyMode['kind']) => number;
  /** Counts for new connections; open ones meet `refuse`, `reset` and `black-hole` too. */
  change: (mode: ProxyMode) => Promise<void>;
  close: () => Promise<void>;
}

/** Stands in front of 127.0.0.1:`target`. */
export async function startProxy(target: number): Promise<Proxy> {
  let mode: ProxyMode = { kind: 'pass' };
  const counts = new Map<ProxyMode['kind'], number>();
  const open = new Set<Socket>();
  const meet = (): ProxyMode => {
    counts.set(mode.kind, (counts.get(mode.kind) ?? 0) + 1);
    return mode;
  };
  const serve = (client: Socket): void => {
    // Whoever cuts a line makes errors on it; they are the point.
    client.on('error', () => undefined);
    open.add(client);
    client.on('close', () => open.delete(client));
    const met = meet();
    if (met.kind === 'reset') client.resetAndDestroy();
    else if (met.kind === 'black-hole') client.resume();
    else forward(client, target, met, () => mode);
  };
  let server = await listening(serve, 0);
  const { port } = server.address() as AddressInfo;
  const change = async (wanted: ProxyMode): Promise<void> => {
    const listens = mode.kind !== 'refuse';
    mode = wanted;
    if (wanted.kind === 'refuse' || wanted.kind === 'reset') for (const socket of open) socket.resetAndDestroy();
    if (wanted.kind === 'refuse' && listens) await closed(server);
    if (wanted.kind !== 'refuse' && !listens) server = await listening(serve, port);
  };
  const close = async (): Promise<void> => {
    for (const socket of open) socket.destroy();
    await closed(server);
  };
  return { port, met: (kind) => counts.get(kind) ?? 0, change, close };
}

function forward(client: Socket, target: number, met: ProxyMode, now: () => ProxyMode): void {
  const server = connect(target, '127.0.0.1');
  server.on('error', () => client.destroy());
  client.on('close', () => server.destroy());
  const late = met.kind === 'latency' ? met.delayMs : 0;
  server.on('close', () => setTimeout(() => client.end(), late));
  const hand = (to: Socket) => (chunk: Buffer) => {
    if (now().kind === 'black-hole') return;
    if (late > 0) setTimeout(() => to.write(chunk), late);
    else to.write(chunk);
  };
  client.on('data', hand(server));
  if (met.kind === 'cut-after-request') server.once('data', () => client.resetAndDestroy());
  else server.on('data', hand(client));
}

async function listening(serve: (client: Socket) => void, port: number): Promise<Server> {
  const server = createServer(serve);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

async function closed(server: Server): Promise<void> {
  if (!server.listening) return;
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
