import type { Board, BoardSettings, BoardsOptions } from '../../../runtime/devices/index.ts';
import type { WorldOptions } from '../../../runtime/devices/world/schema.ts';

/** One kind of board, with a world on its pins that a test knows. */
export interface Harness {
  /** As a title shows it. */
  readonly kind: string;
  /** Where samples are stamped: on the board, evenly, or when they arrive over its wire. */
  readonly stamps: 'board' | 'arrival';
  /** What it needs is not on this machine. In CI it has to be. */
  readonly missing?: boolean;
  /** Switches a board on in this world; the world's time begins now. */
  start(world: WorldOptions): Promise<Running>;
}

export interface Running {
  /** With which Millrace opens it. */
  readonly settings: Partial<BoardSettings>;
  /** Of the place where boards are opened, where something other than the usual worker is needed. */
  readonly options?: Partial<BoardsOptions>;
  /**
   * What a pin was last measured to be, at the board itself and not where it was asked for: a level, a duty (0 to 1) or
   * degrees.
   */
  pin(board: Board, name: string): number | undefined;
  /** Changes the world around the board. */
  setWorld(board: Board, change: Readonly<Record<string, string | number>>): Promise<void>;
  /** Takes the board away in the middle of everything. */
  unplug(board: Board): Promise<void>;
  /** Gives it back, as it is after power on. */
  replug(): Promise<void>;
  stop(): Promise<void>;
}
