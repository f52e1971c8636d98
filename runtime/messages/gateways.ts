/**
 * Gateways as the studio sees them: what travels between the two (docs/gateway-protocol.md), what the sidebar asks, and
 * what it is answered. Every request a gateway is sent, and every answer it gives, is one of the schemas below.
 */
import { z } from 'zod';
import { vitals } from './flow-process.ts';

/** Said by both sides at every connection. What another version says is refused with both numbers. */
export const GATEWAY_PROTOCOL = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in hexadecimal');
export const gatewayProblem = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  title: z.string().default('error'),
});
export type GatewayProblem = z.output<typeof gatewayProblem>;

/** A release: which bundle, and what its signature says of it. */
export const releaseFacts = z.object({
  /** Of the bundle. */
  name: z.string(),
  /** Only grows. */
  version: z.number().int().nonnegative(),
  /** SHA-256 of the bundle's manifest: what the bundle *is*. */
  digest: sha256,
  /** When it was signed, ms since the epoch. */
  issued: z.number().optional(),
});
export type ReleaseFacts = z.output<typeof releaseFacts>;

/** Where a deploy stands, in the order that it goes through. Each is on disk before the next begins. */
export const DEPLOY_STATES = [
  'idle',
  /** Files that are missing come in. */
  'receiving',
  /** They are put together beside what runs, each held against its SHA-256. */
  'unpacking',
  /** Signature, version, expiry, group, runtime, architecture; will it fit. */
  'verifying',
  /** The bundle's own flow tests and its models' vectors run on the device. */
  'testing',
  /** What runs is stopped, the other slot is started. */
  'switching',
  /** It runs, and is watched. */
  'probation',
  /** It becomes the last good one. */
  'committing',
  /** The last good one is started again. */
  'rolling-back',
] as const;
export const deployState = z.enum(DEPLOY_STATES);
export type DeployState = z.output<typeof deployState>;

/** Something that happened on a gateway, kept there until the studio has it: `sequence` only grows. */
export const gatewayEvent = z.object({
  sequence: z.number().int(),
  /** ms since the epoch, by the gateway's clock */
  time: z.number(),
  kind: z.enum([
    'deployed',
    'refused',
    'rolled-back',
    'started',
    'crashed',
    'hung',
    'out-of-memory',
    'restarted',
    'note',
  ]),
  release: releaseFacts.optional(),
  /** One sentence. */
  text: z.string(),
  problem: gatewayProblem.optional(),
});
export type GatewayEvent = z.output<typeof gatewayEvent>;

export const gatewayStatus = z.object({
  state: deployState,
  /** Of the deploy that is going on, in words; with a share of 1 where one can be told. */
  progress: z.object({ text: z.string(), share: z.number().min(0).max(1).optional() }).optional(),
  /** What runs, and what is gone back to. */
  running: releaseFacts.optional(),
  previous: releaseFacts.optional(),
  /** The one being deployed. */
  candidate: releaseFacts.optional(),
  /** Whether what runs has ever held here. */
  held: z.boolean().optional(),
  /** The newest that ever held here, where that is not what runs: an older one is not taken. */
  newest: releaseFacts.optional(),
  /** Whether the flow's process is up. */
  process: z.enum(['running', 'starting', 'stopped', 'waiting']),
  /** Starts since the last that held, and when the next is tried, ms since the epoch. */
  restarts: z.number(),
  nextStart: z.number().optional(),
  vitals: vitals.optional(),
  /** Why something is not as it should be; the newest. */
  problem: gatewayProblem.optional(),
});
export type GatewayStatus = z.output<typeof gatewayStatus>;

/** What a gateway is, said when it connects. */
export const gatewayIdentity = z.object({
  /** The gateway's id: that of everything it uploads. */
  gateway: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'letters, digits, dots and dashes'),
  name: z.string().min(1).max(64),
  /** Of Millrace. */
  version: z.string().max(64),
  platform: z.string().max(64),
  architecture: z.string().max(64),
  node: z.string().max(64),
  group: z.string().max(64),
});
export type GatewayIdentity = z.output<typeof gatewayIdentity>;

/** What a deploy begins with: the studio offers, the gateway says which files it lacks. */
export const deployOffer = z.object({
  /** The bundle's manifest, as its canonical text. */
  manifest: z.string().max(4_000_000),
  /** The DSSE envelope around the release. */
  envelope: z.unknown(),
});
export type DeployOffer = z.output<typeof deployOffer>;
export const deployAnswer = z.object({
  missing: z.array(sha256).max(100_000),
  /** Of a missing file of which a part is there already: how many bytes. The sender may go on from there, or begin at 0. */
  held: z.record(sha256, z.number().int().nonnegative()).optional(),
});
export type DeployAnswer = z.output<typeof deployAnswer>;

/** Bytes of a piece before compression, at most. */
export const PART_BYTES = 65_536;

/** A piece of a file, at most `PART_BYTES` before compression; pieces of a file come in order. */
export const deployPart = z.object({
  file: sha256,
  offset: z.number().int().nonnegative(),
  /** zstd */
  bytes: z.instanceof(Uint8Array),
  last: z.boolean(),
});
export type DeployPart = z.output<typeof deployPart>;

export const logLine = z.object({
  sequence: z.number().int(),
  time: z.number(),
  source: z.enum(['flow', 'gateway']),
  text: z.string(),
});
export type LogLine = z.output<typeof logLine>;

/** One paired gateway, as the sidebar lists it. */
export const gatewayRow = z.object({
  identity: gatewayIdentity,
  /** As somebody called it in the studio. */
  title: z.string(),
  connected: z.boolean(),
  /** When it was paired, the last time if it was more than once, ms since the epoch, by the studio's clock. */
  paired: z.number(),
  /** When it was last heard, ms since the epoch, by the studio's clock. */
  seen: z.number().optional(),
  status: gatewayStatus.optional(),
  events: z.array(gatewayEvent),
  /** What the studio noticed about it: a second device that comes by its name. */
  problem: gatewayProblem.optional(),
  /** The deploy that this studio has under way or waiting for the gateway to come back. */
  deploy: z
    .object({
      release: releaseFacts,
      phase: z.enum(['waiting', 'offering', 'sending', 'gateway', 'done', 'failed']),
      /** While it waits, or is offered anew: the gateway was told that it has all of it, may work on it, and it cannot be withdrawn. */
      handedOver: z.literal(true).optional(),
      /** Bytes that travel, and that have. */
      bytes: z.object({ sent: z.number(), all: z.number() }).optional(),
      problem: gatewayProblem.optional(),
    })
    .optional(),
});
export type GatewayRow = z.output<typeof gatewayRow>;

export const gatewaysAnswer = z.object({
  gateways: z.array(gatewayRow),
  /** Where gateways reach this studio; none while it does not listen. */
  address: z.string().optional(),
  /** Why gateways of other machines cannot reach it, and what to do. */
  closed: z.string().optional(),
});
export type GatewaysAnswer = z.output<typeof gatewaysAnswer>;

export const pairingAnswer = z.object({
  /** One line, for `millrace gateway pair CODE`. */
  code: z.string(),
  /** ms for which the code holds: the clock of who shows it may be another. */
  left: z.number(),
  address: z.string(),
  closed: z.string().optional(),
});
export type PairingAnswer = z.output<typeof pairingAnswer>;

export const renameGatewayRequest = z.object({ title: z.string().trim().min(1).max(64) });
export const gatewayLogRequest = z.object({ after: z.coerce.number().int().nonnegative().default(0) });
/** In the text format of Prometheus. */
export const gatewayMetricsAnswer = z.object({ text: z.string() });
export type GatewayMetricsAnswer = z.output<typeof gatewayMetricsAnswer>;
export const gatewayLogAnswer = z.object({ lines: z.array(logLine) });
export type GatewayLogAnswer = z.output<typeof gatewayLogAnswer>;
export const deployStarted = z.object({ release: releaseFacts });
export type DeployStarted = z.output<typeof deployStarted>;

/** The flow as the editor has deployed it; which of its tabs (default: all). */
export const exportBundleRequest = z.object({
  name: z.string().min(1).max(64),
  tabs: z.array(z.string()).optional(),
  tests: z.boolean().default(true),
  /** What may run on the gateway although it can do anything there: `exec`, `file` … */
  allow: z.array(z.string()).default([]),
  /** References of models, as the flow has them, that the gateway's own registry decides: `pump-watch@production`. */
  localAliases: z.array(z.string()).default([]),
});
export type ExportBundleRequest = z.input<typeof exportBundleRequest>;

/** For one gateway it also says whether the bundle fits there, if the gateway can be asked. */
export const previewRequest = exportBundleRequest.extend({ gateway: z.string().min(1).optional() });
export type PreviewRequest = z.input<typeof previewRequest>;

export const deployRequest = exportBundleRequest.extend({ gateway: z.string().min(1) });
export type DeployRequest = z.input<typeof deployRequest>;

/** What a bundle would hold and need, before it is made; `problems` keep it from being made. */
export const bundlePreview = z.object({
  name: z.string(),
  tabs: z.array(z.object({ id: z.string(), label: z.string() })),
  models: z.array(z.object({ name: z.string(), version: z.string(), alias: z.string().optional() })),
  /** Set on the device, never in the bundle. */
  settings: z.array(z.object({ name: z.string(), secret: z.boolean(), use: z.string() })),
  tests: z.array(z.string()),
  /** What the flow has that is off on a gateway unless it is allowed. */
  risky: z.array(z.string()),
  /** What the flow calls models by an alias of: it may be left to the gateway. */
  aliases: z.array(z.string()),
  bytes: z.number(),
  /** What it would take on the gateway, of what is free there; only for one that could be asked. */
  fit: z.object({ memoryBytes: z.number(), freeBytes: z.number() }).optional(),
  warnings: z.array(gatewayProblem),
  problems: z.array(gatewayProblem),
});
export type BundlePreview = z.output<typeof bundlePreview>;
