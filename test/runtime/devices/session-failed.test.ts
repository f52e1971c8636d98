import { describe, expect, it, vi } from 'vitest';
import { createSession } from '../../../runtime/devices/session/session.ts';
import { boardSettings } from '../../../runtime/devices/settings.ts';
import type { Transport } from '../../../runtime/devices/virtual/transport.ts';
import { virtualTime } from './virtual-time.ts';

vi.mock(import('../../../runtime/devices/session/connect.ts'), async (original) => ({
  ...(await original()),
  connectBoard(transport: Transport) {
    transport.open();
    // Something is read all the time.
    transport.write(Buffer.from([0xf4, 14, 2, 0xc0, 1]));
    return Promise.reject(new Error('it does not name its pins'));
  },
}));

describe('a session whose board could not be connected', () => {
  it.for(['virtual', 'emulated'] as const)('leaves nothing of a %s board running when it is closed', async (kind) => {
    const { clock, timers } = virtualTime();
    const session = createSession(boardSettings.parse({ kind }), clock, () => undefined);
    await expect(session.connect()).rejects.toThrow('it does not name its pins');
    expect(timers.size).toBeGreaterThan(0);
    await expect(session.close()).rejects.toThrow();
    expect(timers.size).toBe(0);
  });
});
