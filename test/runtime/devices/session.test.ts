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
  const emit = (event: SessionEvent | LineEvent) => {
    if (event.kind === 'wire') setImmediate(() => board.receive(event.bytes));
    else events.push(event.kind);
  };
  const board = createPeer({
    layout: UNO,
    world: createWorld(boardSettings.parse({})),
    clock: systemClock,
    send: (bytes, time) => session.receive(Uint8Array.from(bytes), time),
  });
  const session = createSession(boardSettings.parse({ kind: 'tcp', host: 'bench' }), systemClock, emit);
  onTestFinished(async () => {
    await session.close();
    board.close();
  });
  board.start();
  return { session, board, events };
}

describe('the session with a board', () => {
  it('tells when the board was reset: it answers, but has forgotten what it is to report', async () => {
    const { session, board, events } = overWire();
    await session.connect();
    expect(events).not.toContain('restarted');
    board.start();
    await vi.waitFor(() => expect(events).toContain('restarted'));
  });
});
