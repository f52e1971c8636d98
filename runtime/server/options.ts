import type { Log } from './log.ts';

export interface ServerOptions {
  /** Where flows, settings and durable state lie; made if missing. */
  readonly userDir: string;
  /** 0 takes a free one. Default 1880. */
  readonly port?: number;
  /** Default 127.0.0.1. Another than loopback needs an admin password. */
  readonly host?: string;
  /** The name of a flow that comes with Millrace, or the path of a flow file, which is then edited in place. */
  readonly flow?: string;
  /** No editor and no admin API. */
  readonly headless?: boolean;
  /** PEM files. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Where paired gateways reach the studio; 0 takes a free one. Default 1881. */
  readonly gatewayPort?: number;
  readonly log: Log;
}

/** What the operator is told after the start. */
export interface Summary {
  readonly version: string;
  readonly url: string;
  readonly headless: boolean;
  readonly userDir: string;
  readonly flow: {
    readonly file: string;
    /** Copied just now from what comes with Millrace. */
    readonly fresh: boolean;
    readonly tabs: readonly string[];
    readonly nodes: number;
  };
  /** What the flow uses, in the flow's own words: `board`, `model`, `target`. */
  readonly uses: readonly { readonly what: string; readonly text: string }[];
  readonly metrics: { readonly url: string; readonly tokenFile: string };
  readonly protection: 'loopback only' | 'password';
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly summary: Summary;
  /**
   * Drains and stops: sources first, then the messages in flight, then Node-RED, queues and sockets. A second call gives the
   * same promise.
   *
   * @param patience ms; default 10 s. What has not ended by then is left, and logged.
   * @returns whether everything ended in time
   */
  stop(patience?: number): Promise<boolean>;
}
