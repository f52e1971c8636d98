/** A bad network on the loopback address: TCP to a server, with faults that a test switches on and off. */
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/** Read ahead of a slow direction at most so many bytes; then the sender has to wait, as on a real line. */
const AHEAD = 256 * 1024;

/** Of a line with a bandwidth, a piece of so many ms is sent at a time. */
const SLICE = 20;

export type Direction = 'up' | 'down';

export interface FaultProxy {
  readonly port: number;
  /** Connections that are open now, and how many were made so far. */
  readonly open: number;
  readonly made: number;
  /** Bytes taken from clients and from the server. */
  readonly bytes: Readonly<Record<Direction, number>>;
  /** Where new connections go: of a server that came back at another port. */
  upstream: number;
  /** Every piece arrives so many ms later, in each direction. */
  delay(ms: number): void;
  /** Bytes a second in each direction, per connection; `Infinity`: as fast as it goes. */
  bandwidth(bytesPerSecond: number): void;
  /** Ends every connection as a program that was killed does; new ones are taken. */
  cut(): void;
  /** Breaks every connection off: both sides see ECONNRESET. New ones are taken. */
  reset(): void;
  /** Breaks off each connection, new ones too, when so many more bytes have gone up over all of them. */
  resetAfter(bytes: number): void;
  /** Half open: takes connections and what comes, and hands nothing on. Only `down`: the server hears, its answers are lost. */
  swallow(direction?: Direction): void;
  /** Nobody listens: connections are refused, those that are there are broken off. */
  refuse(): Promise<void>;
  /** Everything as it should be; what was swallowed stays lost, its connections are broken off. */
  heal(): Promise<void>;
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Line {
  readonly client: Socket;
  readonly server: Socket;
  /** Something on it was lost: it cannot be healed. */
  holed: boolean;
}

/**
 * @param upstream the server's port on 127.0.0.1
 * @param port     where to listen; default: any that is free
 */
export async function startFaultProxy(upstream: number, port = 0): Promise<FaultProxy> {
  const lines = new Set<Line>();
  const swallowed = new Set<Direction>();
  const bytes = { up: 0, down: 0 };
  let to = upstream;
  let late = 0;
  let rate = Infinity;
  let fuse = Infinity;
  let made = 0;

  const take = (client: Socket) => {
    made += 1;
    const server = connect({ port: to, host: '127.0.0.1', noDelay: true });
    client.setNoDelay();
    const line: Line = { client, server, holed: false };
    lines.add(line);
    const part = (own: Socket, other: Socket) => {
      own.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'ECONNRESET') other.resetAndDestroy();
        else other.destroy();
      });
      own.on('close', () => {
        lines.delete(line);
        // What was taken from a side that ended well is still delivered: see `carry`.
        if (own.errored) other.destroy();
      });
    };
    part(client, server);
    part(server, client);
    carry(line, 'up', client, server);
    carry(line, 'down', server, client);
  };

  const carry = (line: Line, direction: Direction, from: Socket, into: Socket) => {
    const waiting: { readonly at: number; readonly piece: Buffer | undefined }[] = [];
    let ahead = 0;
    let free = 0;
    let timer: NodeJS.Timeout | undefined;

    const step = () => {
      timer = undefined;
      for (let next = waiting[0]; next; next = waiting[0]) {
        const now = performance.now();
        const at = Math.max(next.at, free);
        if (at > now) {
          timer = setTimeout(step, at - now);
          return;
        }
        waiting.shift();
        if (next.piece === undefined) {
          into.end();
          continue;
        }
        // A piece larger than the line carries in a moment goes out in slices.
        const most = Number.isFinite(rate) ? Math.max(1, Math.floor((rate * SLICE) / 1000)) : next.piece.length;
        const slice = next.piece.subarray(0, most);
        const rest = next.piece.subarray(most);
        if (rest.length > 0) waiting.unshift({ at: next.at, piece: rest });
        free = now + (Number.isFinite(rate) ? (slice.length / rate) * 1000 : 0);
        ahead -= slice.length;
        if (!into.destroyed) into.write(slice);
        if (ahead < AHEAD && into.writableLength < AHEAD) from.resume();
      }
    };
    into.on('drain', () => from.resume());
    into.on('close', () => {
      clearTimeout(timer);
      waiting.length = 0;
    });
    const add = (piece: Buffer | undefined) => {
      waiting.push({ at: performance.now() + late, piece });
      if (waiting.length === 1 || timer === undefined) step();
    };
    from.on('data', (piece: Buffer) => {
      bytes[direction] += piece.length;
      if (swallowed.has(direction)) {
        line.holed = true;
        return;
      }
      if (direction === 'up' && piece.length >= fuse) {
        into.write(piece.subarray(0, fuse));
        fuse = 0;
        setImmediate(reset);
        return;
      }
      if (direction === 'up') fuse -= piece.length;
      ahead += piece.length;
      add(piece);
      if (ahead >= AHEAD || into.writableLength >= AHEAD) from.pause();
    });
    from.on('end', () => add(undefined));
  };

  const each = (what: (socket: Socket) => void, which: (line: Line) => boolean = () => true) => {
    for (const line of [...lines].filter(which)) {
      what(line.client);
      what(line.server);
      lines.delete(line);
    }
  };
  const reset = () => each((socket) => socket.resetAndDestroy());

  let server: Server | undefined;
  const listen = async (at: number) => {
    const listener = createServer({ allowHalfOpen: true }, take);
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(at, '127.0.0.1', resolve);
    });
    server = listener;
    return (listener.address() as AddressInfo).port;
  };
  const stop = async () => {
    const listener = server;
    server = undefined;
    const closed = listener && new Promise((resolve) => listener.close(resolve));
    reset();
    await closed;
  };
  const bound = await listen(port);

  return {
    port: bound,
    get open() {
      return lines.size;
    },
    get made() {
      return made;
    },
    bytes,
    get upstream() {
      return to;
    },
    set upstream(next) {
      to = next;
    },
    delay: (ms) => void (late = ms),
    bandwidth: (bytesPerSecond) => void (rate = bytesPerSecond),
    cut: () => each((socket) => socket.destroy()),
    reset,
    resetAfter: (count) => void (fuse = count),
    swallow(direction) {
      if (direction !== 'down') swallowed.add('up');
      if (direction !== 'up') swallowed.add('down');
    },
    refuse: stop,
    async heal() {
      swallowed.clear();
      late = 0;
      rate = Infinity;
      fuse = Infinity;
      each(
        (socket) => socket.resetAndDestroy(),
        (line) => line.holed,
      );
      if (!server) await listen(bound);
    },
    close: stop,
    [Symbol.asyncDispose]: stop,
  };
}
