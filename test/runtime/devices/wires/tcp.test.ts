import { afterEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createBoards, type Sample } from '../../../../runtime/devices/index.ts';
import { openVirtualBoard } from '../../../../scripts/virtual-port.ts';

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0).reverse()) await each.close();
});
const keep = <T extends { close(): Promise<void> }>(each: T): T => {
  opened.push(each);
  return each;
};
const soon = (what: () => void) => vi.waitFor(what, { timeout: 60_000 });
const open = (
  tcpPort: number,
  host = '127.0.0.1',
  boards = keep(createBoards({ clock: systemClock })),
  name = 'wifi',
) => boards.open(name, { name, kind: 'tcp', host, tcpPort });

// In real time: where a machine stands still for seconds a board is rightly lost.
describe('a board on the network', { retry: 2 }, () => {
  it('is read, loses its connection, and comes back by itself with the gap marked', async () => {
    const uno = keep(await openVirtualBoard());
    const board = await open(uno.port);
    // A deploy waits three seconds for a board: on a busy machine it may take longer.
    await soon(() => expect(board.state()).toMatchObject({ connected: true, hardware: 'tcp' }));
    const samples: Sample[] = [];
    const events: string[] = [];
    board.sample(
      { holder: 'pins', channels: [{ name: 'x', pin: 'A0', kind: 'volts' }], rate: 100 },
      {
        next: (sample) => samples.push(sample),
        lost: (error) => events.push(error.code),
        back: () => events.push('back'),
      },
    );
    await soon(() => expect(samples.length).toBeGreaterThan(20));
    expect(samples.every(({ missing }) => missing === 0)).toBe(true);
    await uno.unplug();
    await soon(() => expect(events).toEqual(['BOARD_LOST', 'ADDRESS_UNREACHABLE']));
    const before = samples.length;
    await uno.plugIn();
    await soon(() => expect(samples.length).toBeGreaterThan(before + 5));
    expect(events.at(-1)).toBe('back');
    expect(samples[before]?.missing).toBeGreaterThan(0);
  });

  it('takes one connection, and leaves none behind', async () => {
    const uno = keep(await openVirtualBoard());
    const boards = keep(createBoards({ clock: systemClock }));
    const board = await open(uno.port, 'localhost', boards);
    expect(uno.open()).toBe(1);
    const second = await open(uno.port, 'LOCALHOST', boards, 'second');
    expect(second.state().problem).toMatchObject({
      code: 'PORT_BUSY',
      message: expect.stringContaining('"wifi"') as string,
    });
    await board.close();
    await soon(() => expect(second.state().connected).toBe(true));
    await boards.close();
    await soon(() => expect(uno.open()).toBe(0));
  });

  it('is waited for where nobody answers, or where the name is unknown', async () => {
    const uno = keep(await openVirtualBoard());
    await uno.unplug();
    const board = await open(uno.port);
    expect(board.state().problem).toMatchObject({
      code: 'ADDRESS_UNREACHABLE',
      message: expect.stringContaining('it refuses the connection') as string,
    });
    const lost = await open(3030, 'no-such-board.invalid');
    expect(lost.state().problem?.code).toBe('ADDRESS_UNREACHABLE');
    await uno.plugIn();
    await soon(() => expect(board.state().connected).toBe(true));
  });

  it('tells the node whose bus has a pin that another took before the board was there, and serves the others', async () => {
    const uno = keep(await openVirtualBoard({ scene: 'room' }));
    await uno.unplug();
    const board = await open(uno.port);
    const events: string[] = [];
    const samples: Sample[] = [];
    const light = board.sample(
      { holder: 'light', channels: [{ name: 'light', pin: 'A4', kind: 'volts' }], rate: 50 },
      { next: (sample) => samples.push(sample) },
    );
    board.read(
      { holder: 'climate', kind: 'bme280', pins: [], period: 100 },
      {
        next: () => events.push('a value'),
        lost: ({ code }) => events.push(code),
        back: () => events.push('back'),
      },
    );
    const motion: string[] = [];
    board.sample(
      { holder: 'motion', channels: [{ name: 'x', pin: '', kind: 'mpu6050-acceleration-x' }], rate: 50 },
      { next: () => motion.push('a sample'), lost: ({ code }) => motion.push(code), back: () => motion.push('back') },
    );
    await uno.plugIn();
    await soon(() => expect(samples.length).toBeGreaterThan(5));
    expect(board.state().connected).toBe(true);
    expect(events).toEqual(['ADDRESS_UNREACHABLE', 'PIN_TAKEN']);
    expect(motion).toEqual(['ADDRESS_UNREACHABLE', 'PIN_TAKEN']);
    // Whoever held the pin goes: the bus comes up without a deploy.
    light.close();
    await soon(() => expect(events).toContain('a value'));
    await soon(() => expect(motion).toContain('a sample'));
    expect([events[2], motion[2]]).toEqual(['back', 'back']);
  });

  it('is refused without an address', async () => {
    await expect(open(3030, ' ')).rejects.toMatchObject({ code: 'ADDRESS_NONE_GIVEN' });
  });

  it('says what answers instead of a board', async () => {
    const web = keep(await openVirtualBoard({ instead: (line) => void line.write('SSH-2.0-OpenSSH_9.2\r\n') }));
    const board = await open(web.port);
    await soon(() => expect(board.state().problem?.code).toBe('FIRMWARE_UNKNOWN'));
    expect(board.state().problem?.message).toContain('SSH-2.0');
  });

  it('is cut off where it sends without end, and disturbs no other', async () => {
    const block = Buffer.alloc(65_536, 0x11);
    const source = keep(
      await openVirtualBoard({
        instead(line) {
          line.write(Uint8Array.from([0xf9, 2, 5, 0xf0, 0x71]));
          const pour = () => {
            while (line.writable && line.write(block));
          };
          line.on('drain', pour);
          pour();
        },
      }),
    );
    const uno = keep(await openVirtualBoard());
    const boards = keep(createBoards({ clock: systemClock }));
    const well = await open(uno.port, '127.0.0.1', boards, 'well');
    const board = await open(source.port, '127.0.0.1', boards, 'flood');
    await soon(() => expect(board.state().problem?.code).toBe('WIRE_FLOODED'));
    await soon(() => expect(source.open()).toBe(0));
    expect(well.state().connected).toBe(true);
  });

  it('goes on where bytes are lost or turned on the way, without a value that it never had', async () => {
    let spoilt = 0;
    const uno = keep(
      await openVirtualBoard({
        noise: (bytes) => (bytes[0] === 0xe0 && ++spoilt % 5 === 0 ? [0xe0, 3, 0xf0, 0x6e, 0x70, 0xf7] : bytes),
      }),
    );
    const board = await open(uno.port);
    const samples: Sample[] = [];
    const events: string[] = [];
    board.sample(
      { holder: 'pins', channels: [{ name: 'x', pin: 'A0', kind: 'volts' }], rate: 100 },
      { next: (sample) => samples.push(sample), lost: ({ code }) => events.push(code) },
    );
    await soon(() => expect(samples.length).toBeGreaterThan(100));
    expect(events).toEqual([]);
    expect(samples.some(({ missing }) => missing > 0)).toBe(true);
    expect(samples.every(({ values: [x = NaN] }) => x >= 0 && x <= 5)).toBe(true);
  });

  it('measures volts and shares rightly where its converter is another than that of an Uno', async () => {
    /** The same world, through 12 bits up to 3.3 V. */
    const converted = (bytes: readonly number[]) => {
      const [, command] = bytes;
      if (command === 0x6c) return bytes.map((byte, at) => (byte === 10 && bytes[at - 1] === 2 ? 12 : byte));
      if (((bytes[0] ?? 0) & 0xf0) !== 0xe0) return bytes;
      return bytes.flatMap((byte, at) => {
        if (at % 3 !== 0) return [];
        const volts = (((bytes[at + 1] ?? 0) | ((bytes[at + 2] ?? 0) << 7)) * 5) / 1023;
        const counts = Math.min(4095, Math.round((volts / 3.3) * 4095));
        return [byte, counts & 0x7f, counts >> 7];
      });
    };
    const uno = keep(await openVirtualBoard({ noise: converted }));
    const boards = keep(createBoards({ clock: systemClock }));
    const where = { kind: 'tcp', host: '127.0.0.1', tcpPort: uno.port } as const;
    const board = await boards.open('esp', { ...where, name: 'esp', analogVolts: 3.3 });
    const samples: Sample[] = [];
    const channels = [
      { name: 'motor', pin: 'A3', kind: 'tmp36' },
      { name: 'volts', pin: 'A5', kind: 'volts' },
      { name: 'share', pin: 'A5', kind: 'percent' },
    ] as const;
    board.sample({ holder: 'pins', channels, rate: 50 }, { next: (sample) => samples.push(sample) });
    const warm: number[] = [];
    const turned: number[] = [];
    const reads = (kind: 'tmp36' | 'potentiometer', pin: string, into: number[]) =>
      board.read({ holder: kind, kind, pins: [pin], period: 100 }, { next: ({ value }) => into.push(Number(value)) });
    reads('tmp36', 'A3', warm);
    reads('potentiometer', 'A5', turned);
    await soon(() => expect(Math.min(samples.length, warm.length, turned.length)).toBeGreaterThan(5));
    const [motor = NaN, volts = NaN, share = NaN] = samples.at(-1)?.values ?? [];
    // The pump's motor is between 25 and 50 °C: with 5 V for 3.3 it would be above 63.
    expect(motor).toBeGreaterThan(25);
    expect(motor).toBeLessThan(50);
    expect(Math.abs((warm.at(-1) ?? NaN) - motor)).toBeLessThan(3);
    expect(share).toBeCloseTo(Math.min(100, (volts / 3.3) * 100), 5);
    expect(Math.abs((turned.at(-1) ?? NaN) - share)).toBeLessThan(15);
    expect(board.state().pins.find(({ pin }) => pin === 'A3')?.value).toBeLessThan(50);
  });
});
