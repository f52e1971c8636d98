/** Boards on a serial port. */
import { lstat, realpath, stat } from 'node:fs/promises';
import type { SerialPort } from 'serialport';
import { asMillraceError, type Clock } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { PlaceOptions } from './place.ts';
import { forbidden } from './permission.ts';
import { listPorts } from './ports.ts';
import { programsHolding } from './programs.ts';
import { within } from '../within.ts';
import type { Wire, WireListener, WirePlace } from './wire.ts';

/** ms between looks whether a missing port is there. */
const LOOK = 500;
/** Bytes that may wait to be sent: more means that the board takes nothing. */
const MOST_WAITING = 65_536;
/** ms that what was written last gets to go out. */
const LAST_WORDS = 500;

type SerialPortClass = typeof SerialPort;

/** Loaded when a port is first opened or listed: most have no serial board, and the package is optional. */
export async function serialLibrary(): Promise<SerialPortClass> {
  try {
    return (await import('serialport')).SerialPort;
  } catch (thrown) {
    const [reason = ''] = asMillraceError(thrown).message.split('\n');
    throw errors.SERIAL_UNAVAILABLE({ reason }, { cause: thrown });
  }
}

export function serialPlace({ board, settings: { port: path, baud }, clock, holders }: PlaceOptions): WirePlace {
  /** What was at the path at the last attempt. */
  let tried: string | undefined;
  return {
    async open(listener, signal) {
      if (path.trim() === '') throw errors.PORT_NONE_CHOSEN({ board, ports: await portsThere() });
      tried = await identityOf(path);
      const Port = await serialLibrary();
      // By-id names and the system's own are the same port. On Windows ports are no files.
      const device = await realpath(path).catch(() => path);
      const release = holders.take(device, path, board);
      let opening: Promise<SerialPort> | undefined;
      try {
        const [program] = await programsHolding(device);
        if (program !== undefined) throw errors.PORT_BUSY({ port: path, holder: program });
        opening = openPort(Port, path, device, baud);
        const port = await unlessAborted(opening, signal, path);
        return wireOf(port, path, listener, clock, release);
      } catch (error) {
        // What opens too late is closed again, and only then free.
        if (opening) opening.then((late) => late.on('error', () => undefined).close(release), release);
        else release();
        throw error;
      }
    },
    appears(listener) {
      let looking = false;
      const timer = clock.every(LOOK, () => {
        if (looking) return;
        looking = true;
        void identityOf(path).then((there) => {
          looking = false;
          if (there !== undefined && there !== tried) listener();
        });
      });
      return () => timer.cancel();
    },
  };
}

/** Tells a device from one that was plugged in later under the same name; `undefined`: there is none. */
async function identityOf(path: string): Promise<string | undefined> {
  try {
    const [link, device] = [await lstat(path), await stat(path)];
    return [link, device].map(({ ino, ctimeMs, rdev }) => `${ino} ${ctimeMs} ${rdev}`).join(' ');
  } catch {
    return undefined;
  }
}

/** `there are …`, for the errors. */
async function portsThere(): Promise<string> {
  const ports = await listPorts().catch(() => []);
  return ports.length === 0 ? 'no serial port is plugged in' : `there are ${ports.map(({ port }) => port).join(', ')}`;
}

/** A driver may take its time to open a port: nobody who closes the board waits for it. */
function unlessAborted(opening: Promise<SerialPort>, signal: AbortSignal, port: string): Promise<SerialPort> {
  return new Promise((resolve, reject) => {
    const give = () => reject(errors.PORT_FAILED({ port, reason: 'the attempt was ended' }));
    if (signal.aborted) give();
    signal.addEventListener('abort', give, { once: true });
    opening.then(resolve, reject).finally(() => signal.removeEventListener('abort', give));
  });
}

async function openPort(Port: SerialPortClass, path: string, device: string, baudRate: number): Promise<SerialPort> {
  try {
    return await new Promise((resolve, reject) => {
      const port: SerialPort = new Port({ path: device, baudRate, autoOpen: false });
      port.open((error) => (error ? reject(error) : resolve(port)));
    });
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message.replace(/^Error:?\s*/, '') : String(thrown);
    if (/no such file|file not found|enoent|cannot find/i.test(reason)) {
      throw errors.PORT_MISSING({ port: path, ports: await portsThere() }, { cause: thrown });
    }
    if (/permission denied|eacces/i.test(reason)) throw await forbidden(path, thrown);
    if (/lock|busy|access denied|temporarily unavailable/i.test(reason)) {
      throw errors.PORT_BUSY({ port: path, holder: 'another program' }, { cause: thrown });
    }
    throw errors.PORT_FAILED({ port: path, reason }, { cause: thrown });
  }
}

function wireOf(port: SerialPort, path: string, listener: WireListener, clock: Clock, release: () => void): Wire {
  let over = false;
  let freed: () => void = () => undefined;
  const closed = new Promise<void>((resolve) => (freed = resolve));
  void closed.then(release);
  // Where closing fails the port says no more that it is closed: whoever reconnects must not wait for it.
  const shut = () => {
    if (port.isOpen) port.close(() => freed());
  };
  const lose = (reason: string) => {
    if (over) return;
    over = true;
    shut();
    listener.lost(errors.WIRE_BROKEN({ where: path, reason }));
  };
  port.on('data', (bytes: Buffer) => {
    if (!over) listener.bytes(Uint8Array.from(bytes), clock.now());
  });
  port.on('end', () => lose('the port ended'));
  port.on('error', (error: Error) => {
    lose(error.message);
    shut();
  });
  port.on('close', (error: Error | null) => {
    freed();
    lose(error ? 'it was unplugged' : 'the port closed');
  });
  return {
    write(bytes) {
      if (over) return;
      port.write(Buffer.from(bytes), () => undefined);
      if (port.writableLength > MOST_WAITING) lose('the board takes nothing any more');
    },
    async close() {
      if (!over && port.writableLength > 0) {
        await within(clock, LAST_WORDS, new Promise((resolve) => port.write(Buffer.alloc(0), resolve)));
      }
      over = true;
      shut();
      await closed;
    },
  };
}
