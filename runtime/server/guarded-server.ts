/**
 * The HTTP server below Express, Node-RED's websocket and socket.io. A foreign request is refused here, before anything
 * that is attached to the server can see it.
 */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { counter } from '../base/index.ts';
import { errors } from './errors.ts';
import { foreignness, type Refusal } from './origin.ts';

const refused = counter(
  'millrace_http_refused_total',
  'Requests and websockets with a foreign Host or Origin, refused',
);

export interface GuardedServerOptions {
  /** PEM. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** Refuse what does not come from this machine's own pages. */
  readonly loopbackOnly: boolean;
}

const REQUESTS = new Set<unknown>(['request', 'checkContinue', 'checkExpectation']);
const TAKEOVERS = new Set<unknown>(['upgrade', 'connect']);

/** A plain or TLS server that emits no foreign request to its listeners: those get a 403 and a short reason. */
export function createGuardedServer({ tls, loopbackOnly }: GuardedServerOptions): Server {
  const server: Server = tls ? createTlsServer({ cert: tls.cert, key: tls.key }) : createServer();
  // Node-RED and the nodes of a flow each listen for upgrades.
  server.setMaxListeners(0);
  if (!loopbackOnly) return server;
  const emit = server.emit.bind(server) as (event: string | symbol, ...values: unknown[]) => boolean;
  server.emit = (event: string | symbol, ...values: unknown[]) => {
    const judged = REQUESTS.has(event) || TAKEOVERS.has(event);
    const refusal = judged && foreignness((values[0] as IncomingMessage).headers, tls !== undefined);
    if (!refusal) return emit(event, ...values);
    refused.add(1, { header: refusal.what });
    refuse(values[1] as ServerResponse | Duplex, refusal);
    return true;
  };
  return server;
}

function refuse(answer: ServerResponse | Duplex, { what, value }: Refusal): void {
  const { code, message, hint } = errors.REQUEST_FOREIGN({ what, value: value.slice(0, 100) });
  const text = `${code}: ${message}. ${hint}\n`;
  const head = {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
  };
  if (answer instanceof ServerResponse) {
    answer.writeHead(403, head).end(text);
    return;
  }
  const lines = Object.entries(head).map(([name, field]) => `${name}: ${field}`);
  answer.on('error', () => undefined);
  answer.end(
    `HTTP/1.1 403 Forbidden\r\n${lines.join('\r\n')}\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}
