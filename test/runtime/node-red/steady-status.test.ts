import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { steadyStatus } from '../../../runtime/node-red/steady-status.ts';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('a node that says its status with every message', () => {
  it('shows the newest, far less often than it is said', async () => {
    const shown: (string | undefined)[] = [];
    const status = steadyStatus(systemClock, ({ text }) => shown.push(text));
    for (let index = 0; index < 500; index++) status.set(() => ({ text: `${index}` }));
    await wait(150);
    expect(shown[0]).toBe('0');
    expect(shown.at(-1)).toBe('499');
    expect(shown.length).toBeLessThan(50);
  });

  it('does not say again what is shown, and shows an error at once', () => {
    const shown: (string | undefined)[] = [];
    const status = steadyStatus(systemClock, ({ text }) => shown.push(text));
    status.set(() => ({ text: 'ready' }));
    status.set(() => ({ text: 'ready' }));
    status.setNow({ text: 'wrong', fill: 'red' });
    status.close();
    expect(shown).toEqual(['ready', 'wrong']);
  });
});
