import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** Websockets and kept-alive connections would hold a closing server open: they are ended with it. */
export function trackConnections(server: Server): { end(): Promise<void> } {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return {
    end: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}
