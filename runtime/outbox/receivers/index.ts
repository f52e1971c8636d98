export { compare, type Compared } from './compare.ts';
export type { Range } from './ranges.ts';
export { readReceiver } from './read-receiver.ts';
export type { Holdings, ReceiverOptions } from './types.ts';
