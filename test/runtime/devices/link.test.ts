import { describe, expect, it, vi } from 'vitest';
import { openLink, type Session } from '../../../runtime/devices/link.ts';
import { boardSettings } from '../../../runtime/devices/settings.ts';
import { virtualTime } from './virtual-time.ts';

const worker = new URL('./faulty-worker.ts', import.meta.url);
/** A worker takes its time to start where the machine is busy. */
const soon = (what: () => void) => vi.waitFor(what, { timeout: 60_000 });
const threads = () => process.getActiveResourcesInfo().filter((kind) => kind === 'MessagePort').length;

function start(name: string, onUp: (session: Session) => Promise<void> = async () => undefined) {
  const time = virtualTime();
  const lost: string[] = [];
  const link = openLink({
    ...{ name, clock: time.clock, worker, settings: boardSettings.parse({ name }), onUp, thread: 'own' as const },
    onEvent: () => undefined,
    onLost: (error) => lost.push(error.message),
  });
  return { ...time, lost, link };
}

describe("the link to a board's worker", () => {
  it('leaves no thread behind where the board does not answer', async () => {
    const before = threads();
    await expect(start('unplugged').link.first).rejects.toMatchObject({
      code: 'BOARD_LOST',
      message: expect.stringContaining('no board answers') as string,
    });
    expect(threads()).toBe(before);
  });

  it('says that a board could not be set up again, and tries once more', async () => {
    let turns = 0;
    const { link, lost, timers, advance } = start('bench', async () => {
      if (++turns === 2) throw new Error('a pin is stuck');
    });
    const { session, close } = link;
    await link.first;
    const before = threads();
    await expect(session()?.call('setWorld', { bearing: 'worn' })).rejects.toThrow();
    advance(250);
    await soon(() => expect(lost).toHaveLength(2));
    expect(lost[1]).toContain('a pin is stuck');
    expect(session()).toBeUndefined();
    await soon(() => expect(timers.size).toBe(1));
    advance(500);
    await soon(() => expect(turns).toBe(3));
    expect((await session()?.call('connect'))?.pins).not.toEqual([]);
    expect(threads()).toBe(before);
    await close();
  });

  it('leaves no timer behind when it is closed', async () => {
    const { link, timers, advance } = start('bench');
    const { session, close } = link;
    await link.first;
    await expect(session()?.call('setWorld', { bearing: 'worn' })).rejects.toThrow();
    advance(250);
    await soon(() => expect(session()).toBeDefined());
    // Until it is trusted again, and until it is asked whether it hangs.
    await soon(() => expect(timers.size).toBe(2));
    await close();
    expect(timers.size).toBe(0);
  });

  it('ends a worker that hangs, and starts another', async () => {
    const { link, lost, advance } = start('bench');
    const { session, close } = link;
    await link.first;
    for (let second = 0; second < 30; second++) {
      advance(1000);
      // What was asked before is answered before.
      await session()?.call('ping');
    }
    expect(lost).toEqual([]);
    const open = session();
    const asked = open?.call('setWorld', { inlet: 'blocked' });
    asked?.catch(() => undefined);
    for (let second = 0; second < 12; second++) advance(1000);
    expect(lost).toEqual([expect.stringContaining('its worker has hung')]);
    expect(session()).toBeUndefined();
    await expect(asked).rejects.toMatchObject({ code: 'WORKER_STOPPED' });
    await soon(() => {
      advance(250);
      expect(session()).toBeDefined();
    });
    await close();
  });

  it('gives a worker up that hangs while it is loaded, and starts another', async () => {
    const { clock, timers, advance } = virtualTime();
    const lost: string[] = [];
    let wires = 0;
    const wire = { write: () => undefined, close: () => Promise.resolve() };
    const link = openLink({
      ...{ name: 'bench', clock, thread: 'own', settings: boardSettings.parse({ kind: 'tcp', host: 'bench' }) },
      worker: new URL('./hanging-worker.ts', import.meta.url),
      place: { open: () => (wires++, Promise.resolve(wire)) },
      onEvent: () => undefined,
      onUp: () => Promise.resolve(),
      onLost: (error) => lost.push(error.message),
    });
    const before = threads();
    await soon(() => expect(threads()).toBeGreaterThan(before));
    advance(29_000);
    expect(lost).toEqual([]);
    advance(1000);
    await soon(() => expect(lost).toEqual([expect.stringContaining('not ready within 30 s')]));
    await soon(() => expect(threads()).toBe(before));
    advance(250);
    await soon(() => expect(wires).toBe(2));
    // Whoever closes the board does not wait for it either.
    await link.close();
    expect(threads()).toBe(before);
    expect(timers.size).toBe(0);
  });
});
