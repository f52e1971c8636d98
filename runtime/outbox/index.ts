export { openMemoryOutbox } from './memory-outbox.ts';
export type { MemoryOutboxOptions } from './memory-outbox.ts';
export { openOutbox } from './outbox.ts';
export type { Destination, DestinationState, Outbox, OutboxOptions, PutOptions, TargetSettings } from './contract.ts';
