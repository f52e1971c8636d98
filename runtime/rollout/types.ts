import type {
  DeployAnswer,
  DeployOffer,
  DeployPart,
  GatewayEvent,
  GatewayIdentity,
  GatewayStatus,
  LogLine,
  ReleaseFacts,
} from '../messages/index.ts';

/** The gateway as the studio may ask it: what the link carries, and nothing else. Refusals are coded errors. */
export interface Gateway {
  readonly identity: GatewayIdentity;
  /** Begins a deploy, or goes on with the same one after the line was lost. @throws what is wrong with the release, DEPLOY_BUSY */
  offer(offer: DeployOffer): Promise<DeployAnswer>;
  /** A piece of a missing file; resolves when it may be forgotten by the sender. */
  receive(part: DeployPart): Promise<void>;
  /** All is there: unpacks, verifies, tests, switches. Resolves when the gateway has it to itself: what comes of it is told by status and events. */
  install(): Promise<void>;
  /** Lets go of what was offered and is not installed yet: the sender wants it no more. */
  withdraw(): Promise<void>;
  /** As `install`, with a bundle file on the device, as from a USB stick. @throws what is wrong with the bundle, DEPLOY_BUSY */
  take(file: string): Promise<ReleaseFacts>;
  status(): GatewayStatus;
  /** Told of every change, and of the vitals. @returns a function that ends it */
  onStatus(listener: (status: GatewayStatus) => void): () => void;
  /** After `sequence`, oldest first; bounded. */
  events(sequence: number): readonly GatewayEvent[];
  onEvent(listener: (event: GatewayEvent) => void): () => void;
  /** The studio has events up to this number, such as from before the journal was lost: the next ones are numbered above it. */
  countFrom(sequence: number): void;
  log(sequence: number): readonly LogLine[];
  onLog(listener: (line: LogLine) => void): () => void;
  /** Prometheus text of the flow's process. @throws if it is not up */
  metrics(): Promise<string>;
  /** What `millrace doctor --profile --json` says here. */
  profile(): Promise<unknown>;
  restart(): Promise<void>;
  /** To the last good bundle. @throws NOTHING_TO_GO_BACK_TO, DEPLOY_BUSY */
  rollBack(): Promise<void>;
}
