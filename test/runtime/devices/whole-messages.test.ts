import bind from 'firmata-io';
import { describe, expect, it } from 'vitest';
import { createWholeMessages } from '../../../runtime/devices/session/whole-messages.ts';
import { Transport } from '../../../runtime/devices/virtual/transport.ts';
import { uniform } from '../../../runtime/devices/world/random.ts';

const VERSION = [0xf9, 2, 5];
const NAME = [0xf0, 0x79, 2, 5, 0x55, 0, 0x6e, 0, 0x6f, 0, 0xf7];
/** Three pins: two digital ones, and an analog one. */
const CAPABILITIES = [0xf0, 0x6c, 0, 1, 1, 1, 0x7f, 0, 1, 3, 8, 0x7f, 0, 1, 2, 10, 0x7f, 0xf7];
const MAPPING = [0xf0, 0x6a, 127, 127, 0, 0xf7];
const ANALOG = [0xe0, 0x21, 3];
const I2C = [0xf0, 0x77, 0x68, 0, 0x3b, 0, 1, 0, 2, 1, 0xf7];
const ONEWIRE = [0xf0, 0x73, 0x43, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xf7];
const START = [VERSION, NAME, CAPABILITIES, MAPPING].flat();
const ALL = [...START, ANALOG, [0x90, 4, 0], I2C, ONEWIRE, ANALOG].flat();

const take = (bytes: readonly number[], pieces = 1) => {
  const screen = createWholeMessages();
  const length = Math.ceil(bytes.length / pieces);
  const taken = Array.from({ length: pieces }, (_, i) =>
    screen(Uint8Array.from(bytes.slice(i * length, (i + 1) * length))),
  );
  return {
    bytes: taken.flatMap((each) => [...each.bytes]),
    garbled: taken.reduce((sum, each) => sum + each.garbled, 0),
  };
};

/** Firmata as the session uses it, after the board has named its pins. */
async function listening() {
  const transport = new Transport(() => undefined);
  const io = new bind.Firmata(transport);
  transport.open();
  const counts: number[] = [];
  io.on('analog-read', ({ value }: { value: number }) => counts.push(value));
  const screen = createWholeMessages();
  const hear = (bytes: readonly number[]) => transport.arrive(screen(Uint8Array.from(bytes)).bytes, 0);
  // A stream gives its first piece later.
  hear(START);
  await new Promise((resolve) => setImmediate(resolve));
  return { io, counts, hear };
}

describe('what a wire brings', () => {
  it('is passed on as it is where it is sound, however it is cut into pieces', () => {
    for (const pieces of [1, 2, 7, ALL.length]) expect(take(ALL, pieces)).toEqual({ bytes: ALL, garbled: 0 });
  });

  it('gives no value made of the command that follows a lost byte', async () => {
    const { counts, hear } = await listening();
    hear([...ANALOG, 0xe0, 3, ...ANALOG, 0xe0, ...ANALOG]);
    expect(counts).toEqual([417, 417, 417]);
  });

  it('is collected no further where the end of a message does not come', () => {
    const endless = [0xf0, 0x71, ...new Array<number>(100_000).fill(17)];
    expect(take([...endless, ...ANALOG])).toEqual({ bytes: ANALOG, garbled: endless.length });
  });

  it('throws nothing and goes on, whatever comes', async () => {
    const { counts, hear, io } = await listening();
    const random = (stream: number, index: number, most: number) => Math.floor(uniform(7, stream, index) * most);
    for (let turn = 0; turn < 4000; turn++) {
      const bytes = turn % 2 ? [...ALL] : Array.from({ length: 40 }, (_, i) => random(1, 40 * turn + i, 256));
      for (let change = 0; change < 3; change++) {
        const at = random(2, 3 * turn + change, bytes.length);
        if (turn % 3) bytes[at] = random(3, 3 * turn + change, 256);
        else bytes.splice(at, 1);
      }
      hear(bytes);
    }
    // Those that do harm, and that chance would seldom make.
    for (const body of [[0x79], [0x6e, 100], [0x6a, 1, 2, 3, 4, 5, 6], [0x73, 0x73], [0x73], []]) {
      hear([0xf0, ...body, 0xf7]);
    }
    expect(counts.every((count) => count < 16_384)).toBe(true);
    counts.length = 0;
    hear(ANALOG);
    expect(counts).toEqual([417]);
    expect(io.pins).toHaveLength(3);
  });
});
