import type { MillraceError } from '../../base/index.ts';

/** The open way to a board that is not in this process: a serial port, or a connection over the network. */
export interface Wire {
  /** Bytes to the board. Nothing is thrown: a wire that broke has said so by `lost`. */
  write(bytes: Uint8Array): void;
  /** Resolves when the port is free for others. Nothing comes after it was called. */
  close(): Promise<void>;
}

export interface WireListener {
  /** Bytes from the board, with the time at which they were read, ms since the epoch. The bytes are the listener's own. */
  bytes(bytes: Uint8Array, time: number): void;
  /** The wire broke: unplugged, or the other side closed. Told once, and nothing comes after it. */
  lost(error: MillraceError): void;
}

/** A kind of wire to a certain board. It lives in the main thread: the serial library crashes a process whose worker uses it. */
export interface WirePlace {
  /**
   * Opens the wire.
   *
   * @param signal ends the attempt where that is possible
   * @throws PORT_NONE_CHOSEN, PORT_MISSING, PORT_BUSY, PORT_FORBIDDEN, PORT_FAILED, SERIAL_UNAVAILABLE, ADDRESS_NONE_GIVEN,
   *   ADDRESS_UNREACHABLE
   */
  open(listener: WireListener, signal: AbortSignal): Promise<Wire>;
  /**
   * Calls back once when it is worth trying again: something else is there than at the last attempt. Returns a function that
   * ends the watch.
   */
  appears?(listener: () => void): () => void;
}
