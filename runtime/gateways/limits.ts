import { defineLimit } from '../base/index.ts';

export const gatewaysLimit = defineLimit(
  'gateways',
  100,
  'Gateways that were not paired because there are as many already',
);
export const strangersLimit = defineLimit(
  'gateway_strangers',
  32,
  'Connections refused because as many others had not said yet who they are',
);
export const strangersPerAddressLimit = defineLimit(
  'gateway_strangers_per_address',
  16,
  'Connections ended because as many from the same address had not said yet who they are',
);
export const packetLimit = defineLimit(
  'gateway_packets_per_second',
  50,
  'Gateways that were disconnected because they sent more events than this for ten seconds',
);
/** Of one message of a gateway, bytes. */
export const messageLimit = defineLimit(
  'gateway_message_bytes',
  2_000_000,
  'Gateways that were disconnected because they sent a longer message',
);
/** Kept of each gateway. */
export const eventsLimit = defineLimit('studio_gateway_events', 50, 'Events of gateways that made room for newer ones');
export const logLimit = defineLimit(
  'studio_gateway_log_lines',
  2_000,
  'Log lines of gateways that made room for newer ones',
);

/** ms that a pairing code is good for. */
export const CODE_LIFE = 15 * 60_000;
/** ms that a connection has to say who it is. */
export const GREETING = 10_000;
/** ms that a gateway which pairs has to accept, and to go. */
export const DECIDING = 60_000;
/** ms that a gateway has to answer. */
export const PATIENCE = 30_000;
/** Where it reads files that it holds, from a slow card, ms. A line that is dead ends sooner. */
export const DEPLOY_PATIENCE = 600_000;
/** A profile is measured when it is asked for. */
export const PROFILE_PATIENCE = 120_000;
