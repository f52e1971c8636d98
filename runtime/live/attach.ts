import type { Server } from 'node:http';
import type { Clock } from '../base/index.ts';
import type { ViewHub } from '../services/index.ts';

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

/** Serves the views to browsers. */
export async function attachLive(_options: LiveOptions): Promise<Live> {
  return { close: async () => undefined };
}
