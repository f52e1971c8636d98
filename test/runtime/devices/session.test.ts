import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import type { LineEvent, SessionEvent } from '../../../runtime/devices/session/protocol.ts';
import { createSession } from '../../../runtime/devices/session/session.ts';
import { boardSettings } from '../../../runtime/devices/settings.ts';
import { createPeer } from '../../../runtime/devices/virtual/peer.ts';
import { UNO } from '../../../runtime/devices/virtual/uno.ts';
import { createWorld } from '../../../runtime/devices/world/world.ts';

/** A session with a board at the other end of a wire. */
function overWire() {
  const events: string[] = [];
  const values: { readonly value: unknown; readonly time: number }[] = [];
  let mute = false;
  const emit = (event: SessionEvent | LineEvent) => {
    if (event.kind === 'wire') setImmediate(() => board.receive(event.bytes));
    else events.push(event.kind);
    if (event.kind === 'sensor') values.push(event);
  };
  const board = createPeer({
    layout: UNO,
    world: createWorld(boardSettings.parse({})),
    clock: systemClock,
    send: (bytes, time) => {
      if (!mute) session.receive(Uint8Array.from(bytes), time);
    },
  });
  const session = createSession(boardSettings.parse({ kind: 'tcp', host: 'bench' }), systemClock, emit);
  onTestFinished(async () => {
    await session.close();
    board.close();
  });
  board.start();
  return { session, board, events, values, mute: (on: boolean) => (mute = on) };
}

describe('the session with a board', () => {
  it('tells when the board was reset: it answers, but has forgotten what it is to report', async () => {
    const { session, board, events } = overWire();
    await session.connect();
    expect(events).not.toContain('restarted');
    board.start();
    await vi.waitFor(() => expect(events).toContain('restarted'));
  });

  it('repeats the level of a pin only while the board answers', async () => {
    const { session, values, mute } = overWire();
    await session.connect();
    await session.addSensor({ id: 1, kind: 'switch', pins: ['D2'], period: 20, options: {} });
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(3), 5000);
    mute(true);
    // What was under way has come.
    await systemClock.sleep(50);
    const before = values.length;
    const since = Date.now();
    await systemClock.sleep(300);
    expect(values.length).toBe(before);
    mute(false);
    await vi.waitFor(() => expect(values.length).toBeGreaterThan(before + 3), 5000);
    expect(values[before]?.time).toBeGreaterThan(since + 250);
    await session.removeSensor(1);
    await systemClock.sleep(50);
    const after = values.length;
    await systemClock.sleep(100);
    expect(values.length).toBe(after);
  });
});
