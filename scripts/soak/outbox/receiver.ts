import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Aedes } from 'aedes';
import { type WireMessage, wireMessage } from '../../../runtime/messages/index.ts';

export interface Receiver {
  readonly url: string;
  readonly port: number;
  close(): Promise<void>;
}

/** A real MQTT broker, which tells of every message before it acknowledges it. */
export async function startReceiver(arrived: (message: WireMessage, over: object) => void): Promise<Receiver> {
  const sockets = new Set<Socket>();
  const aedes = await Aedes.createBroker({
    authorizePublish: (client, packet, done) => {
      if (client) arrived(wireMessage.parse(JSON.parse(packet.payload.toString())), client);
      done(null);
    },
  });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    aedes.handle(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `mqtt://127.0.0.1:${port}`,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      await new Promise<void>((resolve) => aedes.close(() => resolve()));
    },
  };
}
