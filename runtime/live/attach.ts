import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Clock, defineLimit, gauge, toPlainError } from '../base/index.ts';
import type { ViewHub } from '../services/index.ts';
import { errors } from './errors.ts';
import { pace } from './pace.ts';

export interface LiveOptions {
  /** Node-RED's own server, plain or TLS. */
  readonly server: Server;
  /** Where socket.io listens: the admin root + `millrace/live`. */
  readonly path: string;
  readonly views: ViewHub;
  readonly clock: Clock;
  /** Whether this token may see the flows; `undefined` where the browser sent none. */
  authorise(token: string | undefined): Promise<boolean> | boolean;
}

export interface Live {
  /** Says goodbye to every browser; the server itself goes on. */
  close(): Promise<void>;
}

const BROWSERS = defineLimit('live_browsers', 50, 'Browsers that were refused the live views because too many watch');
const watching = gauge('millrace_live_browsers', 'Browsers that are shown live views');

/** A browser sends a token and acknowledgements, never anything long. */
const LONGEST_MESSAGE = 10_000;
/** ms that a connection has to name its token, and we to check it. */
const LONGEST_GREETING = 10_000;

/**
 * Serves the views to browsers over socket.io: on connecting a browser gets `snapshot` (View[], oldest first), then
 * `views` (View[]) at most ten times a second, each acknowledged by the browser before the next is sent. A refused
 * browser gets `connect_error` with the plain coded error as its `data`.
 *
 * WebSocket only, as Node-RED's own `/comms`: no request handler of the server is touched, and upgrades of other paths
 * are left to their owners.
 */
export async function attachLive({ server, path, views, clock, authorise }: LiveOptions): Promise<Live> {
  // Headless there is no server to attach to, and nothing of socket.io is loaded.
  const { Server: SocketServer } = await import('socket.io');
  const io = new SocketServer({
    path,
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: LONGEST_MESSAGE,
    connectTimeout: LONGEST_GREETING,
  });
  // socket.io wants a server whose handlers it may replace, and which it closes in the end: it gets one of its own,
  // which never listens, and of Node-RED's server only the upgrades that are meant for it.
  io.attach(createServer());

  io.use((socket, next) => {
    const token: unknown = socket.handshake.auth['token'];
    const refuse = (error: Error) => next(Object.assign(new Error(error.message), { data: toPlainError(error) }));
    void admits(authorise, token).then((admitted) => {
      if (!admitted) return refuse(errors.LIVE_UNAUTHORISED({ token: token === undefined ? 'missing' : 'refused' }));
      // Of those that were admitted: a connection that has shown no token takes nobody's place.
      if (io.sockets.sockets.size < BROWSERS.value) return next();
      BROWSERS.cost();
      return refuse(errors.LIVE_FULL({ limit: BROWSERS.value }));
    });
  });

  io.on('connection', (socket) => {
    watching.set(io.sockets.sockets.size);
    socket.emit('snapshot', views.snapshot());
    const paced = pace(clock, (batch, shown) => socket.emit('views', batch, shown));
    const stop = views.listen((view) => paced.add(view));
    socket.on('disconnect', () => {
      stop();
      paced.close();
      watching.set(io.sockets.sockets.size);
    });
  });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // A guard before us may have turned the request away.
    if (socket.destroyed || !isFor(path, request.url)) return;
    io.engine.handleUpgrade(request, socket, head);
  };
  server.on('upgrade', upgrade);

  return {
    async close() {
      server.off('upgrade', upgrade);
      io.disconnectSockets(true);
      await io.close();
    },
  };
}

async function admits(authorise: LiveOptions['authorise'], token: unknown): Promise<boolean> {
  if (token !== undefined && token !== null && typeof token !== 'string') return false;
  try {
    return await authorise(token ?? undefined);
  } catch {
    // A check that cannot be made has not been passed.
    return false;
  }
}

const isFor = (path: string, url = '') => {
  const [pathname] = url.split('?', 1);
  return pathname === path || pathname === `${path}/`;
};
