import { defineLimit } from '../../base/index.ts';

export const limits = {
  logBytes: defineLimit('gateway_log_bytes', 8_000_000, 'bytes of a gateway’s log on disk: the oldest part is deleted'),
  logLine: defineLimit(
    'gateway_log_line_characters',
    4_000,
    'characters of a line in a gateway’s log: the rest is cut',
  ),
  logRate: defineLimit(
    'gateway_log_lines_per_second',
    200,
    'lines a second that a gateway’s log takes from a flow: more are counted and left out',
  ),
  logKept: defineLimit(
    'gateway_log_lines',
    2_000,
    'newest lines of a gateway’s log that can be asked for: older ones are on disk only',
  ),
  events: defineLimit('gateway_events', 500, 'events that a gateway keeps for its studio: the oldest are forgotten'),
  silence: defineLimit(
    'gateway_silence_ms',
    30_000,
    'ms without a sign of life after which a flow that runs counts as hung and is ended',
  ),
  startSilence: defineLimit(
    'gateway_start_silence_ms',
    120_000,
    'ms without a sign of life after which a flow that is starting counts as hung and is ended',
  ),
  drain: defineLimit('gateway_drain_ms', 30_000, 'ms that a flow has to end in order before it is ended by force'),
} as const;
