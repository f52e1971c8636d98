/** Boards on the network, such as an ESP32 with StandardFirmataWiFi: Firmata over a TCP connection. */
import { connect, type Socket } from 'node:net';
import type { Clock } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { PlaceOptions } from './place.ts';
import type { Wire, WireListener, WirePlace } from './wire.ts';

/** ms to connect in. */
const PATIENCE = 5000;
/** ms of silence after which the system asks whether the other side is still there. */
const KEEP_ALIVE = 5000;
/** ms that what was written last gets to go out. */
const LAST_WORDS = 500;
/** Bytes that may wait to be sent: more means that the board takes nothing. */
const MOST_WAITING = 65_536;

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'it refuses the connection',
  EHOSTUNREACH: 'there is no way to it',
  ENETUNREACH: 'there is no network',
  ENOTFOUND: 'there is no such name',
  EAI_AGAIN: 'the name cannot be looked up',
  ETIMEDOUT: 'it does not answer',
  ECONNRESET: 'it closed the connection',
};
const reasonOf = (error: NodeJS.ErrnoException) => WORDS[error.code ?? ''] ?? error.message;

export function tcpPlace({ board, settings: { host, tcpPort: port }, clock, holders }: PlaceOptions): WirePlace {
  const address = `${host}:${port}`;
  return {
    async open(listener, signal) {
      if (host.trim() === '') throw errors.ADDRESS_NONE_GIVEN({ board });
      const release = holders.take(address.toLowerCase(), address, board);
      const socket = connect({
        host: host.trim(),
        port,
        noDelay: true,
        keepAlive: true,
        keepAliveInitialDelay: KEEP_ALIVE,
      });
      const end = () => void socket.destroy();
      // Not before it is really closed: what comes after would find the board's one place taken.
      socket.once('close', release);
      const timer = clock.after(PATIENCE, () => socket.destroy(new Error(`no answer within ${PATIENCE / 1000} s`)));
      signal.addEventListener('abort', end);
      try {
        await new Promise<void>((resolve, reject) => {
          socket.once('connect', resolve);
          socket.once('error', (error) =>
            reject(errors.ADDRESS_UNREACHABLE({ address, reason: reasonOf(error) }, { cause: error })),
          );
          socket.once('close', () => reject(errors.ADDRESS_UNREACHABLE({ address, reason: 'the attempt was ended' })));
        });
      } finally {
        timer.cancel();
        signal.removeEventListener('abort', end);
      }
      return wireOf(socket, address, listener, clock);
    },
  };
}

function wireOf(socket: Socket, address: string, listener: WireListener, clock: Clock): Wire {
  let over = false;
  let reason = 'it closed the connection';
  const lose = () => {
    if (over) return;
    over = true;
    listener.lost(errors.WIRE_BROKEN({ where: address, reason }));
  };
  socket.removeAllListeners('error');
  socket.on('error', (error) => (reason = reasonOf(error)));
  socket.on('close', lose);
  // Firmata has no half of a conversation.
  socket.on('end', () => socket.destroy());
  socket.on('data', (bytes) => {
    if (!over) listener.bytes(Uint8Array.from(bytes), clock.now());
  });
  return {
    write(bytes) {
      if (over || socket.destroyed) return;
      socket.write(bytes);
      if (socket.writableLength > MOST_WAITING) socket.destroy(new Error('it takes nothing any more'));
    },
    async close() {
      over = true;
      if (socket.closed) return;
      const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
      // What was written last, safe values of outputs, goes out first.
      socket.destroySoon();
      const force = clock.after(LAST_WORDS, () => socket.destroy());
      await closed;
      force.cancel();
    },
  };
}
