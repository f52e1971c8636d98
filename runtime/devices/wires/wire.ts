import type { MillraceError } from '../../base/index.ts';

/** The open way to a board that is not in this process: a serial port, or a connection over the network. */
export interface Wire {
  /** Bytes to the board. Nothing is thrown: a wire that broke has said so by `lost`. */
  write(bytes: Uint8Array): void;
  /** Resolves when the port is free for others. */
  close(): Promise<void>;
}

export interface WireListener {
  /** Bytes from the board, with the time at which they were read, ms since the epoch. */
  bytes(bytes: Uint8Array, time: number): void;
  /** The wire broke: unplugged, or the other side closed. Told once, and nothing comes after it. */
  lost(error: MillraceError): void;
}

/**
 * Opens a wire. It lives in the main thread: the serial library crashes a process whose worker uses it.
 *
 * @throws PORT_MISSING, PORT_BUSY, PORT_FORBIDDEN, ADDRESS_UNREACHABLE
 */
export type OpenWire = (listener: WireListener) => Promise<Wire>;
