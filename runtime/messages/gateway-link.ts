/**
 * The line between a studio and a gateway, event by event: docs/gateway-protocol.md says who sends what when. Both sides hold
 * what comes against these schemas before they look at it.
 */
import { z } from 'zod';
import { gatewayEvent, gatewayIdentity, gatewayProblem, gatewayStatus, logLine } from './gateways.ts';

/** Where socket.io listens on the studio's port for gateways. */
export const GATEWAY_PATH = '/millrace/gateways';

/** 32 random bytes, base64url. */
const nonce = z.string().regex(/^[\w-]{43}$/);
const signature = z.string().regex(/^[\w-]{86}$/);
/** HMAC-SHA256, base64url. */
const proof = z.string().regex(/^[\w-]{43}$/);

/** In the handshake of socket.io: all that is said before anybody is known. */
export const linkHandshake = z.object({ protocol: z.number().int() });

/** studio → gateway, first: what the gateway is to sign. */
export const linkChallenge = z.object({ protocol: z.number().int(), nonce });
export type LinkChallenge = z.output<typeof linkChallenge>;

/** gateway → studio, only where its certificate is not the pinned one: is it this studio all the same? */
export const linkProve = z.object({ nonce });
/** By the studio's own root key. */
export const linkProof = z.object({ keyid: z.string().max(64), signature });

/** gateway → studio: of one that was paired. */
export const linkHello = z.object({
  identity: gatewayIdentity,
  /** Made when the link's process started: tells a gateway that came back from a second one with the same id. */
  instance: z.string().min(1).max(64),
  /** By the device's key. */
  signature,
});
export type LinkHello = z.output<typeof linkHello>;

/** gateway → studio: of one that has a pairing code. */
export const linkPair = linkHello.extend({
  /** SPKI in DER, base64. */
  publicKey: z.string().min(1).max(200),
  nonce,
  /** That it knows the code's secret. */
  proof,
});
export type LinkPair = z.output<typeof linkPair>;

/** Whether a gateway's line to its studio is up. */
export const linkState = z.object({
  connected: z.boolean(),
  /** ms since the epoch */
  since: z.number(),
  /** What the last try met; not where nothing was tried. */
  why: z.string().optional(),
});
export type LinkState = z.output<typeof linkState>;

/** What a gateway that was let in is answered. */
export const linkWelcome = z.object({
  /** Of the studio's machine: for words. */
  studio: z.string().max(255),
  /** Where the studio is reached now. */
  addresses: z.array(z.string().max(300)).max(8),
  /** Envelopes of the studio's roots of trust, oldest first. */
  roots: z.array(z.unknown()).max(64),
  /** Of the gateway's last event that the studio has. */
  events: z.number().int().nonnegative(),
});
export type LinkWelcome = z.output<typeof linkWelcome>;
export const pairWelcome = linkWelcome.extend({
  proof,
  /** By which the studio says later that another certificate is its own: SPKI in DER, base64. Older ones do not say it. */
  publicKey: z.string().min(1).max(200).optional(),
});
export type PairWelcome = z.output<typeof pairWelcome>;

/** studio → gateway: the last lines, and those to come for so many ms. */
export const logRequest = z.object({
  after: z.number().int().nonnegative(),
  watch: z.number().int().min(0).max(600_000),
});
export type LogRequest = z.output<typeof logRequest>;
export const LOG_LINES = 200;
export const logLines = z.object({ lines: z.array(logLine).max(LOG_LINES) });
export type LogLines = z.output<typeof logLines>;

export const metricsText = z.object({ text: z.string().max(1_000_000) });

/** In characters of JSON: a gateway shortens what it has to say, a studio takes no more. */
const within = (most: number) => (value: unknown) => JSON.stringify(value).length <= most;
/** gateway → studio, unasked. */
export const linkStatus = z.object({ status: gatewayStatus }).refine(within(200_000), 'longer than a status may be');
const plainEvent = z.object({ event: gatewayEvent }).refine(within(20_000), 'longer than an event may be');
/** One that cannot be taken is acknowledged like any other, or it would come again for ever and keep the next ones away. */
const strangeEvent = z
  .object({ event: gatewayEvent.pick({ sequence: true }).extend({ time: z.number().catch(0) }) })
  .transform(({ event }): z.output<typeof plainEvent> => ({
    event: { ...event, kind: 'note', text: 'something that this studio cannot read: the gateway may be newer' },
  }));
export const linkEvent = z.union([plainEvent, strangeEvent]);

/** Every acknowledgement: what was asked for, or why not. */
export const linkAnswer = z.union([z.object({ problem: gatewayProblem }), z.object({ value: z.unknown() })]);
export type LinkAnswer = z.output<typeof linkAnswer>;
