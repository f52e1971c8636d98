import type { Clock } from '../base/index.ts';
import type { GatewaysAnswer, LogLine, PairingAnswer, ReleaseFacts } from '../messages/index.ts';

export interface GatewaysOptions {
  /** Where keys, the certificate, paired gateways and waiting deploys are kept; made when there is something to keep. */
  readonly directory: string;
  /** Address to listen on, as the editor's. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM; none: the studio makes its own. */
  readonly tls: { readonly cert: string; readonly key: string } | undefined;
  /** How the studio's machine is called: for words. */
  readonly name: string;
  readonly clock: Clock;
  /** Told what the operator should know and no request can be answered with. */
  readonly warn: (error: unknown) => void;
}

export interface SignedBundle {
  readonly bytes: Uint8Array;
  readonly release: ReleaseFacts;
}

/** The gateways that were paired with this studio, and the line to each of them. */
export interface Gateways {
  list(): GatewaysAnswer;
  /** Opens the studio for one more gateway, for a quarter of an hour. @throws GATEWAYS_FULL, GATEWAY_PORT_IN_USE */
  pair(): Promise<PairingAnswer>;
  /**
   * Signs a bundle with the studio's own key and the next version.
   *
   * @param bundle the bytes of a `.mrb`, and the digest of its manifest
   * @throws what is wrong with the bundle
   */
  sign(bundle: { readonly bytes: Uint8Array; readonly digest: string }, group: string): Promise<SignedBundle>;
  /**
   * Sends a signed bundle to a gateway, as soon as it is there, also after a restart of the studio. One that was still waiting
   * for this gateway is replaced by it.
   *
   * @throws GATEWAY_UNKNOWN; DEPLOY_UNDER_WAY while one is being sent or tried; what is wrong with the bundle
   */
  deploy(gateway: string, bundle: SignedBundle): Promise<void>;
  /**
   * Takes a deploy back that waits or is being sent, and puts one aside that has ended.
   *
   * @throws GATEWAY_UNKNOWN; DEPLOY_NOT_WITHDRAWN where there is none, or the gateway has all of it
   */
  withdraw(gateway: string): Promise<void>;
  /** Of what a gateway said when it connected. @throws GATEWAY_UNKNOWN */
  groupOf(gateway: string): string;
  /** @throws GATEWAY_UNKNOWN, GATEWAY_AWAY, GATEWAY_UNANSWERED, or what the gateway says */
  restart(gateway: string): Promise<void>;
  rollBack(gateway: string): Promise<void>;
  /** Newer than `after`, oldest first. For half a minute the gateway then sends new lines by itself. */
  log(gateway: string, after: number): Promise<readonly LogLine[]>;
  /** Prometheus text of what runs there. */
  metrics(gateway: string): Promise<string>;
  /** What `millrace doctor --profile --json` says there. */
  profile(gateway: string): Promise<unknown>;
  /** Whether a connection to it is open. */
  connected(gateway: string): boolean;
  /** Its key is no longer accepted; what runs there goes on. @throws GATEWAY_UNKNOWN */
  forget(gateway: string): Promise<void>;
  rename(gateway: string, title: string): Promise<void>;
  /** At most ten times a second. @returns a function that ends it */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
