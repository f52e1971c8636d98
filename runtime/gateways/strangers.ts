/** Connections that have not said yet who they are, by where they come from: one machine keeps no other out. */
import type { Server, Socket } from 'node:net';
import { strangersPerAddressLimit } from './limits.ts';

export interface Strangers {
  /** The connection from there has said who it is, and no longer counts. */
  known(address: string | undefined, port: number | undefined): void;
}

/** Ends what comes from an address that has as many strangers already as one may have. */
export function boundStrangers(server: Server): Strangers {
  const ports = new Map<string, Set<number>>();
  const leave = (address: string, port: number) => {
    const there = ports.get(address);
    there?.delete(port);
    if (there?.size === 0) ports.delete(address);
  };
  server.on('connection', (socket: Socket) => {
    const { remoteAddress, remotePort } = socket;
    // Gone before anybody looked.
    if (remoteAddress === undefined || remotePort === undefined) return;
    const there = ports.get(remoteAddress) ?? new Set();
    if (there.size >= strangersPerAddressLimit.value) {
      strangersPerAddressLimit.cost();
      socket.destroy();
      return;
    }
    ports.set(remoteAddress, there.add(remotePort));
    socket.once('close', () => leave(remoteAddress, remotePort));
  });
  return {
    known(address, port) {
      if (address !== undefined && port !== undefined) leave(address, port);
    },
  };
}
