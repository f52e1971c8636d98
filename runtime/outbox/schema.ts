/** What may be set of a target: tables and schemas only, safe in the browser. */
import { z } from 'zod';

export const TARGET_TYPES = ['built-in', 'mqtt'] as const;

/** The destination of upload nodes for which no target was chosen. */
export const BUILT_IN_ID = 'built-in';

/** Beside 1883, so that a broker which runs on the machine already is not in the way. */
export const BUILT_IN_PORT = 1885;

/** `{stream}` stands for the stream's name, `{gateway}` for the gateway's id. */
export const TOPIC = 'millrace/{stream}';

export const DEFAULT_STREAM = 'readings';

export const builtInTarget = z.object({
  type: z.literal('built-in'),
  port: z.number().int().min(0).max(65_535).default(BUILT_IN_PORT),
  topic: z.string().min(1).default(TOPIC),
});

export const mqttTarget = z.object({
  type: z.literal('mqtt'),
  /** `mqtt://host:1883`, `mqtts://host:8883`, `ws://…` or `wss://…` */
  url: z.string(),
  topic: z.string().min(1).default(TOPIC),
  /** Empty: made of the gateway's id and the destination's. */
  clientId: z.string().default(''),
  username: z.string().default(''),
  password: z.string().default(''),
});

export const target = z.discriminatedUnion('type', [builtInTarget, mqttTarget]);
/** As it may be written: what is left out has a default. */
export type TargetSettings = z.input<typeof target>;
export type Target = z.output<typeof target>;
export type BuiltInTarget = z.output<typeof builtInTarget>;
export type MqttTarget = z.output<typeof mqttTarget>;
