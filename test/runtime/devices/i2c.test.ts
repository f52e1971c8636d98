import { afterEach, describe, expect, it } from 'vitest';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { MODE } from '../../../runtime/devices/virtual/protocol.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { stillWorld } from './chips/bench.ts';
import { virtualTime } from './virtual-time.ts';

const pairs = (...bytes: number[]) => bytes.flatMap((byte) => [byte & 0x7f, byte >> 7]);
const MPU = 0x68;
const WHO_AM_I = 0x75;

function plugIn() {
  const { clock, advance } = virtualTime();
  const { world, reading } = stillWorld([{ chip: 'mpu6050', address: MPU }], { accelerationX: 1 });
  const sent: { bytes: readonly number[]; time: number }[] = [];
  const peer = createPeer({ layout: UNO, world, clock, send: (bytes, time) => sent.push({ bytes, time }) });
  const write = (...bytes: number[]) => peer.receive(Uint8Array.from(bytes));
  const request = (mode: number, ...data: number[]) => write(0xf0, 0x76, MPU, mode << 3, ...pairs(...data), 0xf7);
  /** Messages of the bus so far: replies as bytes, texts as words. */
  const take = () => {
    const messages: (string | number[])[] = [];
    const all = sent.splice(0).flatMap(({ bytes }) => [...bytes]);
    for (const message of all.join(' ').matchAll(/240 (\d+) ([\d ]*?)247/g)) {
      const data = message[2]?.trim().split(' ').map(Number) ?? [];
      const bytes = data.flatMap((low, at) => (at % 2 === 0 ? [low | ((data[at + 1] ?? 0) << 7)] : []));
      if (message[1] === '119') messages.push(bytes);
      if (message[1] === '113') messages.push(String.fromCharCode(...bytes));
    }
    return messages;
  };
  return { peer, reading, sent, write, request, take, advance };
}

let board: ReturnType<typeof plugIn> | undefined;
const fresh = () => (board = plugIn());
afterEach(() => board?.peer.close());
const CONFIG = [0xf0, 0x78, 0, 0, 0xf7];

describe('the I2C bus of the virtual board', () => {
  it('is on A4 and A5, which are its pins once it is configured', () => {
    const { write, sent } = fresh();
    write(0xf0, 0x6b, 0xf7);
    const pins = sent.splice(0)[0]?.bytes.slice(2, -1).join(' ').split('127') ?? [];
    expect(pins.flatMap((pin, index) => (/(^| )6 1( |$)/.test(pin.trim()) ? [index] : []))).toEqual([18, 19]);
    write(...CONFIG, 0xf0, 0x6d, 18, 0xf7);
    expect(sent.at(-1)?.bytes.slice(1, 4)).toEqual([0x6e, 18, MODE.I2C]);
  });

  it('reads a register once, and answers nothing before it is configured', () => {
    const { write, request, take, advance } = fresh();
    request(1, WHO_AM_I, 1);
    advance(10);
    expect(take()).toEqual([]);
    write(...CONFIG);
    request(1, WHO_AM_I, 1);
    advance(10);
    expect(take()).toEqual([[MPU, WHO_AM_I, 0x68]]);
    request(0, WHO_AM_I);
    request(1, 1);
    advance(10);
    expect(take()).toEqual([[MPU, 0, 0x68]]);
  });

  it('says so where nobody answers, with a reply without data', () => {
    const { write, request, take, advance, reading } = fresh();
    write(...CONFIG);
    reading.absent.add(MPU);
    request(1, WHO_AM_I, 1);
    advance(10);
    expect(take()).toEqual(['I2C: Too few bytes received', [MPU, WHO_AM_I]]);
  });

  it('reads continuously at the sampling interval, after the analog pins of the same instant', () => {
    const { write, request, sent, advance, take } = fresh();
    write(...CONFIG, 0xf4, 14, MODE.ANALOG, 0xc0, 1, 0xf0, 0x7a, 10, 0, 0xf7);
    request(0, 0x6b, 0);
    request(2, 0x3b, 2);
    advance(100);
    expect(sent).toHaveLength(10);
    for (const { bytes } of sent) expect([bytes[0], bytes[3], bytes[4]]).toEqual([0xe0, 0xf0, 0x77]);
    expect(take()[0]).toEqual([MPU, 0x3b, 0x40, 0x00]);
    request(3);
    advance(100);
    expect(take()).toEqual([]);
  });

  it('has room for eight continuous readings, as the firmware has', () => {
    const { write, request, take } = fresh();
    write(...CONFIG);
    for (let query = 0; query < 9; query++) request(2, 0x3b + query, 1);
    expect(take()).toEqual(['too many queries']);
  });

  it('waits between register and reading for as long as it was told, and does what follows after it', () => {
    const { write, request, take, advance } = fresh();
    // 50,000 µs as firmata-io sends them: in eight bits, of which the firmware makes 25,040.
    write(0xf0, 0x78, 0x50, 0xc3, 0xf7);
    request(1, WHO_AM_I, 1);
    request(0, 0x6b, 0);
    request(1, 0x6b, 1);
    advance(25);
    expect(take()).toEqual([]);
    advance(1);
    expect(take()).toEqual([[MPU, WHO_AM_I, 0x68]]);
    advance(30);
    expect(take()).toEqual([[MPU, 0x6b, 0]]);
  });

  it('ends when one of its pins is taken for something else, and at a reset', () => {
    const { write, request, take, advance } = fresh();
    for (const end of [[0xf4, 18, MODE.ANALOG], [0xff]]) {
      write(...CONFIG);
      request(2, WHO_AM_I, 1);
      advance(100);
      expect(take().length).toBeGreaterThan(2);
      write(...end);
      advance(100);
      expect(take()).toEqual([]);
    }
  });

  it('refuses a scene with a chip that is not, or cannot be, there', () => {
    const { clock } = virtualTime();
    for (const place of [
      { chip: 'no such', address: 0x40 },
      { chip: 'mpu6050', address: 0x40 },
    ]) {
      const { world } = stillWorld([place]);
      expect(() => createPeer({ layout: UNO, world, clock, send: () => undefined })).toThrow(
        expect.objectContaining({ code: 'CHIP_UNKNOWN' }) as Error,
      );
    }
  });
});
