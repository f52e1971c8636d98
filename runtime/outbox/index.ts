export { openMemoryOutbox } from './memory-outbox.ts';
export type { MemoryOutboxOptions } from './memory-outbox.ts';
export { openOutbox } from './outbox.ts';
export type { Destination, DestinationState, Outbox, OutboxOptions, PutOptions, TargetSettings } from './contract.ts';
export { compare, readReceiver } from './receivers/index.ts';
export type { Compared, Holdings, Range, ReceiverOptions } from './receivers/index.ts';
