export { attachLive } from './attach.ts';
export type { Live, LiveOptions } from './attach.ts';
