export { openOutbox } from './outbox.ts';
export type { Destination, DestinationState, Outbox, OutboxOptions, TargetSettings } from './contract.ts';
