export { connectTo } from './connect-to.ts';
export { holdOpen } from './hold-open.ts';
export { addressOf } from './address.ts';
export { MessagesRefused, RetryLater } from './sender.ts';
export type { Batch, Connection, Outgoing, Sender, SenderContext } from './sender.ts';
