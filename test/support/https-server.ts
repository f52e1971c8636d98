/** A real HTTPS server that keeps what it has answered with 2xx, and does as it is told with the next request. */
import { createServer as createPlain, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Certificate } from './certificates.ts';

export interface Taken {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Unpacked. */
  readonly body: Buffer;
}

export interface HttpsServerOptions {
  /** None: plain HTTP. */
  readonly tls?: Certificate & { readonly clientCa?: string };
  readonly token?: string;
}

export interface HttpsServer {
  readonly port: number;
  /** Requests that were answered with 2xx, each idempotency key once, in order. */
  readonly taken: readonly Taken[];
  /** Every idempotency key that came. */
  readonly keys: readonly string[];
  /** Answers the next requests itself; `false` keeps silent. */
  next: ((request: Taken, response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

export async function startHttpsServer({ tls, token }: HttpsServerOptions = {}): Promise<HttpsServer> {
  const taken: Taken[] = [];
  const keys: string[] = [];
  const seen = new Set<string>();
  const state: { next: HttpsServer['next'] } = { next: undefined };

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', () => undefined);
    request.on('end', () => {
      const raw = Buffer.concat(pieces);
      const encoding = request.headers['content-encoding'];
      const body = encoding === 'gzip' ? gunzipSync(raw) : encoding === 'zstd' ? zstdDecompressSync(raw) : raw;
      const { method = '', url: path = '', headers } = request;
      const one = { method, path, headers, body };
      if (state.next) return state.next(one, response);
      if (token !== undefined && headers.authorization !== `Bearer ${token}`) {
        return response.writeHead(401).end(`nobody knows ${headers.authorization ?? 'you'}`);
      }
      const key = String(headers['idempotency-key']);
      keys.push(key);
      if (!seen.has(key)) taken.push(one);
      seen.add(key);
      response.writeHead(202).end();
    });
  };
  const server = tls
    ? createServer(
        {
          cert: tls.certificate,
          key: tls.privateKey,
          ...(tls.clientCa !== undefined && { ca: tls.clientCa, requestCert: true, rejectUnauthorized: true }),
        },
        answer,
      )
    : createPlain(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    taken,
    keys,
    get next() {
      return state.next;
    },
    set next(handler) {
      state.next = handler;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
