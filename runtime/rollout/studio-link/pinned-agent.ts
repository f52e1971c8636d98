import { Agent, type RequestOptions } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { fingerprintOf } from '../../keys/index.ts';

/** ms for a connection and its TLS. */
const PATIENCE = 15_000;

/**
 * An agent for one connection, which takes a server by its certificate's fingerprint and by nothing else: no authority, name or date
 * is asked, so that a device whose clock stands at 1970 finds its studio. Not a byte of HTTP is sent before `accept` has agreed.
 *
 * @param accept told the fingerprint; what it throws ends the connection
 */
export function pinnedAgent(accept: (fingerprint: string) => void): Agent {
  // Each connection shows its certificate: nothing is resumed.
  const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 });
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options: RequestOptions, callback) => {
    const socket = connect({ ...options, rejectUnauthorized: false, minVersion: 'TLSv1.3' }) as TLSSocket;
    const late = setTimeout(() => socket.destroy(new Error('no TLS connection in time')), PATIENCE);
    const settle = (error: Error | null) => {
      clearTimeout(late);
      socket.off('error', settle);
      callback?.(error, socket);
    };
    socket.once('error', settle);
    socket.once('secureConnect', () => {
      try {
        accept(fingerprintOf(socket.getPeerCertificate().raw));
        settle(null);
      } catch (error) {
        settle(error as Error);
        socket.destroy();
      }
    });
    return undefined;
  };
  return agent;
}
