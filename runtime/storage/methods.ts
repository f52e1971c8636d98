import type { PlainError } from '../base/index.ts';
import type { StoreSize } from './room.ts';
import type { Row, SqlValue, Write } from './statements.ts';
import type { StoreOptions } from './store.ts';

/** What became of one write of a group: how many rows it changed, or why it failed. */
export type Outcome = number | PlainError;

export interface GroupedWrite {
  readonly write: Write;
  /** It makes room: it may use the reserve. */
  readonly essential: boolean;
}

export interface Opened {
  readonly id: number;
  readonly warning: PlainError | undefined;
}

/** What the storage thread can be asked. A type, not an interface: `Methods` asks for an index signature. */
export type StoreMethods = {
  open(options: StoreOptions): Opened;
  commit(id: number, group: readonly GroupedWrite[]): Outcome[];
  read(id: number, sql: string, values: readonly SqlValue[]): Row[];
  size(id: number): StoreSize;
  close(id: number): void;
};
