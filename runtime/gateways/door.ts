/** Where gateways come in: an HTTPS server with nothing but socket.io on it, WebSocket only. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { Server, type Socket } from 'socket.io';
import { type Clock, counter, toPlainError } from '../base/index.ts';
import { GATEWAY_PATH, GATEWAY_PROTOCOL, linkHandshake } from '../messages/index.ts';
import { errors } from './errors.ts';
import { gatewaysLimit, GREETING, messageLimit, packetLimit, strangersLimit } from './limits.ts';
import { boundStrangers } from './strangers.ts';

export interface DoorOptions {
  readonly host: string;
  readonly port: number;
  readonly certificate: { readonly cert: string; readonly key: string };
  readonly clock: Clock;
  /** A connection that speaks our protocol and has not said yet who it is. */
  readonly onStranger: (socket: Socket) => void;
}

export interface Door {
  readonly port: number;
  close(): Promise<void>;
}

/** What a connection carries. */
interface Known {
  settled?: () => void;
}

/** Over which the number of events is counted, ms. */
const RATE_WINDOW = 10_000;
const refused = counter('millrace_gateway_connections_refused_total', 'Connections of gateways that were refused');

/** @throws GATEWAY_PORT_IN_USE, GATEWAY_ADDRESS_UNUSABLE */
export async function openDoor(options: DoorOptions): Promise<Door> {
  const { certificate, clock, onStranger } = options;
  const server = createServer({ ...certificate, minVersion: 'TLSv1.3', handshakeTimeout: GREETING }, (_, response) => {
    response.writeHead(404, { 'Content-Type': 'text/plain', Connection: 'close' }).end('Gateways only.\n');
  });
  server.headersTimeout = GREETING;
  server.requestTimeout = GREETING;
  server.maxConnections = gatewaysLimit.value + 2 * strangersLimit.value;
  // A handshake that fails is the other side's affair.
  server.on('tlsClientError', () => undefined);
  const bySource = boundStrangers(server);
  const port = await listen(server, options);

  const io = new Server({
    path: GATEWAY_PATH,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: messageLimit.value,
    connectTimeout: GREETING,
    // What is repeated in an offer (digests, paths) travels once.
    perMessageDeflate: { threshold: 1024 },
  });
  io.attach(server);

  let strangers = 0;
  io.use((socket, next) => {
    const said = linkHandshake.safeParse(socket.handshake.auth).data?.protocol;
    const refuse = (error: Error) => {
      refused.add(1);
      next(Object.assign(new Error(error.message), { data: toPlainError(error) }));
    };
    if (said !== GATEWAY_PROTOCOL) {
      return refuse(errors.PROTOCOL_UNFIT({ gateway: String(said ?? 'none'), studio: GATEWAY_PROTOCOL }));
    }
    if (strangers < strangersLimit.value) return next();
    strangersLimit.cost();
    return refuse(errors.STUDIO_CROWDED({ limit: strangersLimit.value }));
  });
  io.on('connection', (socket) => {
    strangers += 1;
    let strange = true;
    const settled = () => {
      if (strange) strangers -= 1;
      strange = false;
    };
    socket.once('disconnect', settled);
    // Another connection may come from the same port later: which one this is, is read now.
    const { remoteAddress, remotePort } = socket.request.socket;
    (socket.data as Known).settled = () => {
      settled();
      bySource.known(remoteAddress, remotePort);
    };
    watchRate(socket, clock);
    onStranger(socket);
  });

  return {
    port,
    async close() {
      io.disconnectSockets(true);
      server.closeAllConnections();
      await io.close();
    },
  };
}

/** It has said who it is, and takes no stranger's place any longer. */
export function noStranger(socket: Socket): void {
  (socket.data as Known).settled?.();
}

function watchRate(socket: Socket, clock: Clock): void {
  let begun = clock.monotonic();
  let events = 0;
  socket.use((_, next) => {
    if (clock.monotonic() - begun > RATE_WINDOW) {
      begun = clock.monotonic();
      events = 0;
    }
    events += 1;
    if (events <= (packetLimit.value * RATE_WINDOW) / 1000) return next();
    packetLimit.cost();
    socket.disconnect(true);
  });
}

async function listen(server: ReturnType<typeof createServer>, { host, port }: DoorOptions): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw errors.GATEWAY_PORT_IN_USE({ host, port });
    throw errors.GATEWAY_ADDRESS_UNUSABLE({ host, port, reason: error.message }, { cause: error });
  });
  return (server.address() as AddressInfo).port;
}
