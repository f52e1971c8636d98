/** Wires whose other end does not let go: what waits for them must go on. */
import { EventEmitter } from 'node:events';
import { expect, it, vi } from 'vitest';
import { boardSettings } from '../../../../runtime/devices/settings.ts';
import { createHolders } from '../../../../runtime/devices/wires/holders.ts';
import { placeOf } from '../../../../runtime/devices/wires/place.ts';
import { virtualTime } from '../virtual-time.ts';

/** A connection that takes what is written to it, and never sends it. */
class StuckSocket extends EventEmitter {
  closed = false;
  constructor() {
    super();
    setImmediate(() => this.emit('connect'));
  }
  destroySoon(): void {}
  destroy(): void {
    this.closed = true;
    setImmediate(() => this.emit('close'));
  }
}

/** Drivers that take their time open a port when they are let. */
const driver = { slow: false, open: [] as (() => void)[], closed: 0 };

/** A port whose driver fails to close it, after which it says nothing. */
class StuckPort extends EventEmitter {
  isOpen = false;
  writableLength = 0;
  open(done: (error: null) => void): void {
    const open = () => {
      this.isOpen = true;
      done(null);
    };
    if (driver.slow) driver.open.push(open);
    else setImmediate(open);
  }
  close(done: (error: Error) => void): void {
    driver.closed++;
    setImmediate(() => done(new Error('bad file descriptor')));
  }
}

vi.mock('node:net', async (original) => ({ ...(await original<object>()), connect: () => new StuckSocket() }));
vi.mock('serialport', () => ({ SerialPort: StuckPort }));

async function plugIn(settings: Parameters<typeof boardSettings.parse>[0]) {
  const time = virtualTime();
  const holders = createHolders();
  const listener = { bytes: () => undefined, lost: () => undefined };
  const again = () => placeOf({ board: 'bench', settings: boardSettings.parse(settings), clock: time.clock, holders });
  const wire = await again()?.open(listener, new AbortController().signal);
  let over = false;
  const close = () => wire?.close().then(() => (over = true));
  return { ...time, close, over: () => over, again: () => again()?.open(listener, new AbortController().signal) };
}
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

it('a connection that cannot be closed in peace is cut off, by the clock of everything else', async () => {
  const { close, over, advance, timers } = await plugIn({ kind: 'tcp', host: 'bench' });
  const closed = close();
  await settle();
  expect(over()).toBe(false);
  advance(500);
  await closed;
  expect(timers.size).toBe(0);
});

it('a serial port that fails to close is let go: whoever reconnects does not wait for ever', async () => {
  const { close, again } = await plugIn({ kind: 'serial', port: '/dev/no-such-port' });
  await close();
  expect(await again()).toBeDefined();
});

it('a serial port that is still being opened holds nobody up, and is closed when it is open', async () => {
  const holders = createHolders();
  const settings = boardSettings.parse({ kind: 'serial', port: '/dev/slow-port' });
  const place = placeOf({ board: 'bench', settings, clock: virtualTime().clock, holders });
  const listener = { bytes: () => undefined, lost: () => expect.unreachable() };
  const abort = new AbortController();
  driver.slow = true;
  const opening = place?.open(listener, abort.signal);
  await vi.waitFor(() => expect(driver.open).toHaveLength(1));
  abort.abort();
  await expect(opening).rejects.toMatchObject({ code: 'PORT_FAILED' });
  // Until then it is not free for another.
  await expect(place?.open(listener, new AbortController().signal)).rejects.toMatchObject({ code: 'PORT_BUSY' });
  const before = driver.closed;
  driver.slow = false;
  driver.open[0]?.();
  await settle();
  expect(driver.closed).toBe(before + 1);
  expect(await place?.open(listener, new AbortController().signal)).toBeDefined();
});
