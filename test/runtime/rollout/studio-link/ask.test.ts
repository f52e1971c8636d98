import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { askStudio } from '../../../../runtime/rollout/studio-link/ask.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A connection on which a test says what comes, and when. */
function createSocket() {
  const listeners = new Set<() => void>();
  let acknowledge: (answer: unknown) => void = () => undefined;
  const socket = {
    ...{ connected: true, once: () => undefined, off: () => undefined },
    onAny: (listener: () => void) => void listeners.add(listener),
    offAny: (listener: () => void) => void listeners.delete(listener),
    emit: (_what: string, _value: unknown, answer: typeof acknowledge) => void (acknowledge = answer),
  };
  const part = () => {
    for (const listener of listeners) listener();
  };
  return { socket: socket as unknown as Socket, part, answer: (value: unknown) => acknowledge({ value }), listeners };
}

describe('a gateway that asks its studio', () => {
  it('waits while pieces of a deploy come, behind which the answer is', async () => {
    const { socket, part, answer, listeners } = createSocket();
    const asked = askStudio(socket, 'status', z.string(), {});
    for (let i = 0; i < 10; i++) {
      await vi.advanceTimersByTimeAsync(25_000);
      part();
    }
    answer('heard');
    expect(await asked).toBe('heard');
    expect([listeners.size, vi.getTimerCount()]).toEqual([0, 0]);
  });

  it('gives up a studio that says nothing any more', async () => {
    const { socket, part } = createSocket();
    const asked = expect(askStudio(socket, 'status', z.string(), {})).rejects.toMatchObject({
      code: 'STUDIO_UNREACHABLE',
    });
    part();
    await vi.advanceTimersByTimeAsync(31_000);
    await asked;
  });
});
