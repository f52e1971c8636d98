import { Duplex } from 'node:stream';

interface Stamped {
  readonly bytes: Buffer;
  readonly time: number;
}

/**
 * The computer's end of the wire to a board, as firmata-io wants it: a Duplex of bytes that emits `open`. Every piece that
 * arrives carries the time at which it was read, so that what is parsed from it can be stamped where it was read.
 */
export class Transport extends Duplex {
  /** When the bytes that are being delivered were read, ms since the epoch. */
  stamp = 0;
  readonly #arrivals: Stamped[] = [];
  readonly #write: (bytes: Uint8Array) => void;

  /** @param write takes what the computer sends */
  constructor(write: (bytes: Uint8Array) => void) {
    super({ readableObjectMode: true });
    this.#write = write;
    // The first to hear of each piece: it stamps it for those who listen after.
    this.on('data', () => (this.stamp = this.#arrivals.shift()?.time ?? this.stamp));
  }

  open(): void {
    this.emit('open');
  }

  /** The board sent these bytes. */
  arrive(bytes: readonly number[] | Uint8Array, time: number): void {
    const piece = { bytes: Buffer.from(bytes), time };
    this.#arrivals.push(piece);
    this.push(piece.bytes);
  }

  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    this.#write(bytes);
    done();
  }
}
