import { describe, expect, it } from 'vitest';
import { paced } from '../../../runtime/devices/session/readers/paced.ts';
import { virtualTime } from './virtual-time.ts';

describe('what is read at a steady pace', () => {
  it('is read once a period however often it was put away and woken in the middle of a reading', async () => {
    const { clock, advance, timers } = virtualTime();
    let readings = 0;
    let atOnce = 0;
    let most = 0;
    const reader = paced(clock, 100, {
      async read() {
        readings++;
        most = Math.max(most, ++atOnce);
        await clock.sleep(60);
        atOnce--;
        return undefined;
      },
      silent: () => undefined,
    });
    const pass = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 10) {
        advance(10);
        for (let turn = 0; turn < 5; turn++) await Promise.resolve();
      }
    };
    reader.wake();
    for (let redeploy = 0; redeploy < 5; redeploy++) {
      await pass(30);
      reader.rest();
      reader.wake();
    }
    await pass(300);
    readings = 0;
    await pass(1000);
    expect(readings).toBe(10);
    expect(most).toBe(1);
    expect(timers.size).toBe(1);
    reader.rest();
    expect(timers.size).toBeLessThanOrEqual(1);
  });
});
