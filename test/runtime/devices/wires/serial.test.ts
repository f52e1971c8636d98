import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { type Board, createBoards, type Sample } from '../../../../runtime/devices/index.ts';
import { openVirtualPort, type VirtualPort, type VirtualPortOptions } from '../../../../scripts/virtual-port.ts';

const socat = spawnSync('socat', ['-V']).status === 0;
if (!socat && process.env['CI']) throw new Error('socat is not installed: apt-get install socat');
if (!socat) process.emitWarning('socat is not installed: boards on a serial port are not tested');

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const keep = <T extends { close(): Promise<void> }>(each: T): T => {
  opened.push(each);
  return each;
};
const plugged = async (options?: Parameters<typeof openVirtualPort>[0]) => keep(await openVirtualPort(options));
const process_ = () => keep(createBoards({ clock: systemClock }));
const soon = (what: () => void) => vi.waitFor(what, { timeout: 60_000 });
const open = (port: VirtualPort | string, name = 'bench', boards = process_()) =>
  boards.open(name, { name, kind: 'serial', port: typeof port === 'string' ? port : port.path });
const code = (board: Board) => board.state().problem?.code;
/** A deploy waits three seconds for a board: on a busy machine it may take longer. */
const ready = async (opening: Promise<Board>): Promise<Board> => {
  const board = await opening;
  await soon(() => expect(board.state().connected).toBe(true));
  return board;
};

function watch(board: Board, rate = 100) {
  const samples: Sample[] = [];
  const events: string[] = [];
  const subscription = board.sample(
    { holder: 'pins', channels: [{ name: 'x', pin: 'A0', kind: 'volts' }], rate },
    {
      next: (sample) => samples.push(sample),
      lost: (error) => events.push(error.code),
      back: () => events.push('back'),
    },
  );
  return { samples, events, subscription };
}

// In real time: where a machine stands still for seconds a board is rightly lost.
describe.skipIf(!socat)('a board on a serial port', { retry: 2 }, () => {
  it('is read evenly, sets its outputs, and says what its firmware is', async () => {
    const pins = new Map<number, number>();
    const board = await ready(open(await plugged({ onPin: (pin, { value }) => pins.set(pin, value) })));
    expect(board.state()).toMatchObject({ connected: true, hardware: 'serial' });
    expect(board.virtual).toBe(false);
    expect(board.abilities()).toMatchObject({ firmware: 'MillraceVirtual 2.5', bytesPerSecond: 5760 });
    const { samples } = watch(board);
    const lamp = board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] });
    await lamp.set(true);
    await soon(() => expect(samples.length).toBeGreaterThan(60));
    expect(samples.every(({ missing }) => missing === 0)).toBe(true);
    expect(pins.get(13)).toBe(1);
    expect(board.state().pins.find(({ pin }) => pin === 'D13')).toMatchObject({ mode: 'output', value: 1 });
    await lamp.close();
    await soon(() => expect(pins.get(13)).toBe(0));
  });

  it('gives nothing more once it is unplugged, and all again when it is plugged in, with the gap marked', async () => {
    const levels: number[] = [];
    const port = await plugged({ onPin: (pin, { value }) => pin === 13 && levels.push(value) });
    const board = await ready(open(port));
    const { samples, events } = watch(board);
    await board.output({ holder: 'lamp', kind: 'led', pins: ['D13'] }).set(true);
    await soon(() => expect(samples.length).toBeGreaterThan(10));
    await port.unplug();
    await soon(() => expect(events).toEqual(['BOARD_LOST', 'PORT_MISSING']));
    const before = samples.length;
    expect(board.state()).toMatchObject({ connected: false, problem: { code: 'PORT_MISSING' } });
    await systemClock.sleep(100);
    expect(samples.length).toBe(before);
    levels.length = 0;
    await port.plugIn();
    await soon(() => expect(events.at(-1)).toBe('back'));
    await soon(() => expect(samples.length).toBeGreaterThan(before + 5));
    const [last, first] = samples.slice(before - 1);
    expect(first?.missing).toBe(Math.round(((first?.time ?? 0) - (last?.time ?? 0)) / 10) - 1);
    expect(levels).toContain(1);
  });

  it('is waited for where it is not there, and comes up by itself', async () => {
    const port = await plugged({ plugged: false });
    const board = await open(port);
    expect(code(board)).toBe('PORT_MISSING');
    const { samples, events } = watch(board);
    const misfit: string[] = [];
    board.sample(
      { holder: 'misfit', channels: [{ name: 'x', pin: 'A9', kind: 'volts' }], rate: 10 },
      { next: () => misfit.push('a sample'), lost: (error) => misfit.push(error.code) },
    );
    await soon(() => expect(events).toEqual(['PORT_MISSING']));
    await port.plugIn();
    await soon(() => expect(samples.length).toBeGreaterThan(5));
    expect(events).toEqual(['PORT_MISSING', 'back']);
    // What the board cannot do is seen when it is there.
    expect(misfit).toEqual(['PORT_MISSING', 'PIN_UNKNOWN']);
  });

  it('belongs to one board: the second is told which has it, and gets it when it is free', async () => {
    const port = await plugged();
    const boards = process_();
    const first = await open(port, 'first', boards);
    const second = await open(port, 'second', boards);
    expect(first.state().connected).toBe(true);
    expect(second.state().problem).toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining('the board "first"') as string,
    });
    await first.close();
    await soon(() => expect(second.state().connected).toBe(true));
  });

  it('says which program holds its port', async () => {
    const port = await plugged();
    const reader = spawn('sh', ['-c', 'exec 3<>"$0"; echo open; read line <&3', port.path], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      await new Promise((resolve) => reader.stdout.once('data', resolve));
      const board = await open(port);
      expect(board.state().problem).toMatchObject({
        code: 'PORT_BUSY',
        message: expect.stringMatching(/held by the program "sh" \(process \d+\)/) as string,
      });
      reader.kill();
      await soon(() => expect(board.state().connected).toBe(true));
    } finally {
      reader.kill();
    }
  });

  // Only root can become another user.
  it.skipIf(process.getuid?.() !== 0)('names the group that may open its port to a user who may not', async () => {
    const port = await plugged();
    const DIALOUT = 20;
    await chown(port.path, 0, DIALOUT);
    await chmod(port.path, 0o660);
    // The directory is of root alone, too.
    await chmod(join(port.path, '..'), 0o755);
    const script = `
      import { systemClock } from '${join(import.meta.dirname, '../../../../runtime/base/index.ts')}';
      import { createBoards } from '${join(import.meta.dirname, '../../../../runtime/devices/index.ts')}';
      const boards = createBoards({ clock: systemClock });
      const board = await boards.open('b', { kind: 'serial', port: process.argv[1] });
      console.log(JSON.stringify(board.state().problem));
      await boards.close();`;
    const user = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const { stdout, stderr } = spawnSync(
      'setpriv',
      [...user, process.execPath, '--input-type=module', '-e', script, port.path],
      { encoding: 'utf8', cwd: '/' },
    );
    expect(stderr).not.toContain('Error');
    expect(JSON.parse(stdout)).toMatchObject({
      code: 'PORT_FORBIDDEN',
      message: expect.stringContaining('the group "dialout"') as string,
      hint: expect.stringContaining('usermod -aG dialout nobody') as string,
    });
  });

  const silent: VirtualPortOptions['instead'] = () => undefined;
  const chatter = (line: Socket) => {
    const timer = setInterval(() => line.write('Temperature: 21.5\r\n'), 50);
    line.on('close', () => clearInterval(timer));
  };
  const old = (line: Socket) => void line.on('data', () => line.write(Uint8Array.from([0xf9, 2, 0])));
  it.each([
    ['says nothing', silent, 'FIRMWARE_SILENT', /usb-Virtual_Uno-if00 at 57600 baud within 8 s/],
    ['prints text', chatter, 'FIRMWARE_UNKNOWN', /the text "Temperature: 21.5/],
    ['speaks a Firmata of long ago', old, 'FIRMWARE_OLD', /Firmata 2\.0/],
  ])('is told from something that %s', async (_what, instead, expected, message) => {
    const board = await open(await plugged({ instead }));
    await soon(() => expect(code(board)).toBe(expected));
    expect(board.state().problem?.message).toMatch(message);
  });

  it('is lost when it says nothing more, though its port is open', async () => {
    let mute = false;
    const port = await plugged({ mute: () => mute });
    const board = await ready(open(port));
    const { samples, events } = watch(board);
    await soon(() => expect(samples.length).toBeGreaterThan(5));
    mute = true;
    await soon(() => expect(events).toEqual(['BOARD_LOST']));
    expect(board.state().problem?.message).toMatch(/nothing has come from the board "bench" for \d s/);
    mute = false;
    await soon(() => expect(events).toContain('back'));
  });

  it('can be closed while it is being opened, and its port is free then', async () => {
    const port = await plugged({ instead: silent });
    const boards = createBoards({ clock: systemClock });
    const opening = open(port, 'bench', boards);
    opening.catch(() => undefined);
    await systemClock.sleep(300);
    await boards.close();
    await expect(opening).rejects.toMatchObject({ code: 'BOARD_CLOSED' });
    const again = await open(port);
    expect(code(again)).not.toBe('PORT_BUSY');
  });

  it('leaves the others be when it is unplugged', async () => {
    const [one, other] = [await plugged(), await plugged()];
    const boards = process_();
    const first = watch(await open(one, 'one', boards));
    const second = watch(await open(other, 'other', boards));
    await soon(() => expect(Math.min(first.samples.length, second.samples.length)).toBeGreaterThan(5));
    await one.unplug();
    await soon(() => expect(first.events).toContain('BOARD_LOST'));
    const before = second.samples.length;
    await soon(() => expect(second.samples.length).toBeGreaterThan(before + 20));
    expect(second.events).toEqual([]);
    expect(second.samples.every(({ missing }) => missing === 0)).toBe(true);
  });
});

describe('the settings of a serial board', () => {
  it('are refused where no port is chosen', async () => {
    await expect(open('')).rejects.toMatchObject({ code: 'PORT_NONE_CHOSEN' });
  });

  it('may name something that is no port: it says so, and nothing else happens', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'millrace-no-port-'));
    try {
      expect(code(await open(directory))).toBe('PORT_FAILED');
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
