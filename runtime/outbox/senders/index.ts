export { connectTo } from './connect-to.ts';
export { holdOpen } from './hold-open.ts';
export { addressOf } from './address.ts';
export type { Connection, Outgoing, Sender, SenderContext } from './sender.ts';
