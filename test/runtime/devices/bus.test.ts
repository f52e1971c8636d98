import { EventEmitter } from 'node:events';
import type { Firmata } from 'firmata-io';
import { describe, expect, it } from 'vitest';
import { createBus, SilentChip } from '../../../runtime/devices/session/bus.ts';
import { virtualTime } from './virtual-time.ts';

const ADDRESS = 0x40;
const REGISTER = 5;

function plugIn() {
  const { clock, advance } = virtualTime();
  const io = Object.assign(new EventEmitter(), { i2cConfig: () => undefined, i2cReadOnce: () => undefined });
  const bus = createBus(io as unknown as Firmata, clock);
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    /** Asks, does this, and waits until the question has been answered or given up. */
    async ask(...replies: number[]): Promise<number | 'silent'> {
      const answer = bus.read(ADDRESS, REGISTER, 1).then(
        (bytes) => bytes.at(0),
        (error: unknown) => (error instanceof SilentChip ? 'silent' : Promise.reject(error as Error)),
      );
      await settle();
      for (const reply of replies) io.emit(`I2C-reply-${ADDRESS}-${REGISTER}`, [reply]);
      await settle();
      advance(400);
      return answer;
    },
    comes: (reply: number) => io.emit(`I2C-reply-${ADDRESS}-${REGISTER}`, [reply]),
    listeners: () => io.eventNames().length,
  };
}

describe('a reply on the bus that comes too late', () => {
  it('is not taken for the answer to the next question', async () => {
    const { ask, comes, listeners } = plugIn();
    expect(await ask()).toBe('silent');
    expect(await ask(1, 2)).toBe(2);
    expect(await ask(3)).toBe(3);
    expect(await ask()).toBe('silent');
    comes(4);
    expect(await ask(5)).toBe(5);
    expect(listeners()).toBe(0);
  });

  it('is not waited for when it never comes', async () => {
    const { ask, listeners } = plugIn();
    for (let turn = 0; turn < 20; turn++) expect(await ask()).toBe('silent');
    const after: (number | 'silent')[] = [];
    for (let turn = 0; turn < 4; turn++) after.push(await ask(turn));
    expect(after).toEqual(['silent', 'silent', 2, 3]);
    expect(listeners()).toBe(0);
  });
});
