import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';

/** Until a connection is open, ms. */
const TIMEOUT = 10_000;

/**
 * Opens a connection to the host of an http or https address, with its TLS handshake done.
 *
 * @returns `take` hands it out, once, if it is still open
 */
export async function openSocket(address: string, options: ConnectionOptions, signal: AbortSignal) {
  const { protocol, hostname, port } = new URL(address);
  const encrypted = protocol === 'https:';
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const place = { host, port: Number(port) || (encrypted ? 443 : 80) };
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket: Socket = encrypted
    ? connectTls({ ...place, ...name, ALPNProtocols: ['http/1.1'], ...options })
    : connectPlain(place);
  const giveUp = () => void socket.destroy(new Error('given up'));
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      socket.setTimeout(TIMEOUT, () => void socket.destroy(new Error('no answer')));
      socket.once('error', reject);
      socket.once('close', () => reject(new Error('the connection was closed')));
      socket.once(encrypted ? 'secureConnect' : 'connect', resolve);
    });
  } catch (thrown) {
    socket.destroy();
    throw thrown;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
  socket.setTimeout(0);
  // What breaks it before it is used is no failure: it is opened anew.
  const ignore = () => undefined;
  socket.removeAllListeners('error').removeAllListeners('close').on('error', ignore);
  let taken = false;
  return {
    take(): Socket | undefined {
      if (taken) return undefined;
      taken = true;
      if (socket.destroyed || !socket.writable || socket.readableEnded) return undefined;
      return socket;
    },
  };
}
