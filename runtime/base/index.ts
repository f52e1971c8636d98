export { asMillraceError, defineErrors, errorTables, MillraceError, toPlainError } from './errors.ts';
export type { ErrorEntry, ErrorOptions, ErrorTable, PlainError } from './errors.ts';
export { systemClock } from './clock.ts';
export type { Clock, Timer } from './clock.ts';
export { newId } from './ids.ts';
export { counter, gauge, metricsText, onScrape } from './metrics.ts';
export type { Counter, Gauge, Labels } from './metrics.ts';
export { defineLimit, namedLimits } from './limits.ts';
export type { Limit, LimitEntry } from './limits.ts';
