import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A server's port by another name, on which every byte of TCP is counted. */
export interface CountedLine {
  readonly port: number;
  /** In both directions, TLS and all. */
  bytes(): number;
  close(): void;
}

/** @param upstream the server's port on this machine */
export async function countedLine(upstream: number): Promise<CountedLine> {
  const sockets = new Set<Socket>();
  let bytes = 0;
  const pass = (from: Socket, to: Socket) => {
    sockets.add(from);
    from.on('data', (chunk) => (bytes += chunk.length)).pipe(to);
    from.on('error', () => to.destroy()).on('close', () => sockets.delete(from));
  };
  const server = createServer((client) => {
    const there = connect(upstream, '127.0.0.1');
    pass(client, there);
    pass(there, client);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    bytes: () => bytes,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
