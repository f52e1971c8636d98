// A virtual Uno at a port of the machine, so that a board with a cable, or on the network, can be tried without one:
//   node scripts/virtual-port.ts [--scene NAME] [--seed NUMBER] [PATH]
// is a serial port (through socat) that a board node can name. NAME is pump, greenhouse, wrist or room.
import { type ChildProcess, spawn } from 'node:child_process';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../runtime/base/index.ts';
import { boardSettings, createWorld } from '../runtime/devices/index.ts';
import { createEmulator } from '../runtime/devices/virtual/emulator/emulator.ts';
import { createPeer } from '../runtime/devices/virtual/peer.ts';
import type { TwinOptions } from '../runtime/devices/virtual/twin.ts';
import { UNO } from '../runtime/devices/virtual/uno.ts';
import type { World } from '../runtime/devices/world/types.ts';

/** Scenes that need no settings of their own. */
const scenes = ['pump', 'greenhouse', 'wrist', 'room'] as const;

export interface VirtualPortOptions {
  readonly scene?: (typeof scenes)[number];
  readonly seed?: number;
  /** Bits a second that its line carries; what it has no time for is left out, as by a real board. Default: no bound. */
  readonly baud?: number;
  /** What is at the other end instead of a board. It gets the line, and ends with it. */
  readonly instead?: (line: Socket) => void;
  /** While this is true the board says nothing. */
  readonly mute?: () => boolean;
  /** What the line makes of a message of the board. */
  readonly noise?: (bytes: readonly number[]) => readonly number[];
  /** The chip of an Uno with its real firmware, in place of the virtual board. */
  readonly emulated?: boolean;
  /** The board was switched on, in this world. */
  readonly onWorld?: (world: World) => void;
  /** What the board's pins are set to. */
  readonly onPin?: (pin: number, state: { readonly mode: number; readonly value: number }) => void;
}

/** A board that listens for connections, as one on the network does. */
export interface VirtualBoard {
  /** Where it listens. */
  readonly port: number;
  /** Connections that are open now. */
  readonly open: () => number;
  /** Breaks what is connected, and takes nothing until it is plugged in again. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  close(): Promise<void>;
}

/** A virtual Uno on TCP. Every connection is a power-up. */
export async function openVirtualBoard(options: VirtualPortOptions = {}): Promise<VirtualBoard> {
  const lines = new Set<Socket>();
  let port = 0;
  let server: Server | undefined;
  const plugIn = async () => {
    const made = createServer({ noDelay: true }, (line) => {
      lines.add(line);
      line.on('close', () => lines.delete(line));
      line.on('error', () => undefined);
      if (options.instead) options.instead(line);
      else powerUp(line, options);
    });
    server = made;
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    port = (made.address() as { port: number }).port;
  };
  const unplug = async () => {
    const ended = server;
    server = undefined;
    for (const line of lines) line.destroy();
    await new Promise<void>((resolve) => (ended ? ended.close(() => resolve()) : resolve()));
  };
  await plugIn();
  return {
    get port() {
      return port;
    },
    open: () => lines.size,
    unplug,
    plugIn,
    close: unplug,
  };
}

function powerUp(line: Socket, options: VirtualPortOptions): void {
  const { scene = 'pump', seed = 1, baud, mute, noise = (bytes) => bytes, emulated = false, onWorld, onPin } = options;
  const carry =
    baud === undefined ? (bytes: readonly number[]) => void line.write(Uint8Array.from(bytes)) : paced(line, baud);
  const world = createWorld(boardSettings.parse({ scene, seed }));
  onWorld?.(world);
  const surroundings: TwinOptions = {
    world,
    clock: systemClock,
    send: (bytes) => mute?.() || carry(noise(bytes)),
    ...(onPin && { onPin }),
  };
  const peer = emulated ? createEmulator(surroundings) : createPeer({ ...surroundings, layout: UNO });
  line.on('data', (bytes) => peer.receive(bytes));
  line.on('close', () => peer.close());
  peer.start();
}

/** What a serial chip holds until it is sent. */
const BUFFER = 64;

/** Sends no faster than the line carries, ten bits a byte. */
function paced(line: Socket, baud: number): (bytes: readonly number[]) => void {
  const perByte = 10_000 / baud;
  let free = performance.now();
  return (bytes) => {
    const now = performance.now();
    free = Math.max(free, now);
    // A board that cannot send waits, and takes its next sample later.
    if ((free - now) / perByte > BUFFER && bytes.length < BUFFER) return;
    free += bytes.length * perByte;
    const piece = Uint8Array.from(bytes);
    setTimeout(() => line.writable && line.write(piece), free - now);
  };
}

/** A serial port with a virtual board at its other end. */
export interface VirtualPort {
  /** Its path, which stays when it is plugged in again. */
  readonly path: string;
  /** Pulls the plug: the port is gone. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  close(): Promise<void>;
}

/** @throws {Error} if socat is not installed */
export async function openVirtualPort(
  options: VirtualPortOptions & { readonly path?: string; readonly plugged?: boolean } = {},
): Promise<VirtualPort> {
  const directory = options.path === undefined ? await mkdtemp(join(tmpdir(), 'millrace-port-')) : undefined;
  const path = options.path ?? join(directory ?? '', 'usb-Virtual_Uno-if00');
  await mkdir(dirname(path), { recursive: true });
  const board = await openVirtualBoard(options);
  let cable: ChildProcess | undefined;

  const plugIn = async () => {
    const made = spawn('socat', [`PTY,link=${path},raw,echo=0`, `TCP:127.0.0.1:${board.port},nodelay`], {
      stdio: 'ignore',
    });
    cable = made;
    const failed = new Promise<never>((_resolve, reject) => {
      made.once('error', reject);
      made.once('exit', () => reject(new Error('socat ended')));
    });
    failed.catch(() => undefined);
    await Promise.race([there(path), failed]);
  };
  const unplug = async () => {
    const ended = cable;
    cable = undefined;
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    const gone = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill('SIGTERM');
    await gone;
  };
  if (options.plugged !== false) await plugIn();
  return {
    path,
    unplug,
    plugIn,
    async close() {
      await unplug();
      await board.close();
      if (directory !== undefined) await rm(directory, { recursive: true, force: true });
    },
  };
}

async function there(path: string): Promise<void> {
  for (;;) {
    try {
      return await access(path);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/**
 * What the command line asks for.
 *
 * @throws {Error} naming what is wrong with it
 */
export function portOptions(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { scene: { type: 'string', default: 'pump' }, seed: { type: 'string', default: '1' } },
    allowPositionals: true,
  });
  const scene = scenes.find((each) => each === values.scene);
  if (!scene) throw new Error(`there is no scene "${values.scene}": choose one of ${scenes.join(', ')}`);
  const seed = Number(values.seed);
  if (values.seed.trim() === '' || !Number.isInteger(seed) || seed < 0) {
    throw new Error(`the seed "${values.seed}" is not a whole number from 0 on`);
  }
  return { scene, seed, path: positionals[0] ?? join(tmpdir(), 'millrace-virtual-uno') };
}

async function main(): Promise<void> {
  const options = portOptions(process.argv.slice(2));
  const port = await openVirtualPort(options);
  console.log(`A virtual Uno is at ${port.path}. Scene: ${options.scene}, seed: ${options.seed}. Ctrl-C unplugs it.`);
  process.once('SIGINT', () => void port.close());
}

if (import.meta.main || process.argv[1] === import.meta.filename) {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}
