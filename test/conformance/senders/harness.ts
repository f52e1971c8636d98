import type { WireMessage } from '../../../runtime/messages/index.ts';
import type { TargetSettings } from '../../../runtime/outbox/index.ts';
import type { Sender } from '../../../runtime/outbox/senders/index.ts';

/** A real server of one kind, and how what it holds is read. */
export interface Harness<Settings = TargetSettings> {
  /** As a title shows it: `mqtt 5`. */
  readonly kind: string;
  /** A batch that comes again: the receiver keeps it `once`, or holds it twice and tells it by its `key`. */
  readonly repeats: 'once' | 'key';
  /** It is reached over TCP: `network` says how. */
  readonly network: boolean;
  /** It wants a sign-in: `wrong` is one that it refuses. */
  readonly signsIn: boolean;
  /** The server's program is not on this machine. In CI it has to be. */
  readonly missing?: boolean;
  /** @param directory empty, gone after the test */
  start(directory: string): Promise<Running<Settings>>;
  /** What connects. Default: the sender of the target's kind. */
  readonly connect?: Sender<Settings>;
}

export interface Running<Settings = TargetSettings> {
  readonly settings: Settings;
  /** Of a server that is reached over the network: its port on 127.0.0.1, and the settings that go through another. */
  readonly network?: { readonly port: number; through(port: number): Settings };
  /** Settings with which the server lets nobody in. */
  readonly wrong?: Settings;
  /** What the server keeps now, as far as it can in the order in which it came; gaps too, as they are on the wire. */
  received(): Promise<readonly WireMessage[]>;
  stop(): Promise<void>;
}
