export { holdFile } from './hold-file.ts';
export type { HeldFile } from './hold-file.ts';
export { openReader } from './reader.ts';
export type { Reader } from './reader.ts';
export { openStore } from './store.ts';
export type { Store, StoreOptions } from './store.ts';
export type { StoreSize } from './room.ts';
export type { Migration, Row, SqlValue, Statement, Write } from './statements.ts';
