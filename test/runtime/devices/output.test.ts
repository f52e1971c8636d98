import { describe, expect, it } from 'vitest';
import type { MillraceError } from '../../../runtime/base/index.ts';
import { createClaims } from '../../../runtime/devices/claims.ts';
import { driving } from '../../../runtime/devices/driving.ts';
import { errors } from '../../../runtime/devices/errors.ts';
import type { Session } from '../../../runtime/devices/link.ts';
import { createOutput } from '../../../runtime/devices/output.ts';
import type { OutputRequest } from '../../../runtime/devices/types.ts';
import { virtualTime } from './virtual-time.ts';

/** An output whose worker answers as the test wants. */
function bench(asked: OutputRequest, answer: (method: string) => Promise<unknown>) {
  const time = virtualTime();
  const lost: string[] = [];
  let backs = 0;
  let free = false;
  const call: unknown = (method: string) => answer(method);
  const session = { call } as Session;
  const output = createOutput({
    ...{ wiring: driving(asked).wiring, board: 'bench', claims: createClaims('bench'), there: '', clock: time.clock },
    asked: { ...asked, lost: ({ code }: MillraceError) => lost.push(code), back: () => backs++ },
    problem: () => undefined,
    connecting: () => false,
    session: () => session,
    shown: () => undefined,
    release: () => (free = true),
  });
  /** Lets everything that is under way come to where it waits for the clock. */
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return { ...time, output, lost, settle, free: () => free, backs: () => backs };
}

describe('an output', () => {
  it('lets its pins go though the worker hangs that is to make it safe', async () => {
    let hangs = false;
    const { output, advance, timers, settle, free } = bench({ holder: 'lamp', kind: 'led', pins: ['D13'] }, () =>
      hangs ? new Promise(() => undefined) : Promise.resolve(true),
    );
    await output.set(true);
    hangs = true;
    const closed = output.close();
    await settle();
    expect(free()).toBe(false);
    advance(1000);
    await closed;
    expect(free()).toBe(true);
    expect(timers.size).toBe(0);
  });

  it('says that a value which waited for its turn could not be set, and when one could again', async () => {
    let answers = true;
    const chip = { holder: 'lamp', kind: 'led-pca9685', pins: [] } as const;
    const { output, advance, settle, lost, backs } = bench(chip, (method) =>
      method === 'setOutput' && !answers
        ? Promise.reject(errors.CHIP_ABSENT({ chip: 'PCA9685', address: '0x40', board: 'bench', there: '' }))
        : Promise.resolve(true),
    );
    await output.set(1);
    answers = false;
    expect(await output.set(0.5)).toBe(0.5);
    advance(20);
    await settle();
    expect(lost).toEqual(['CHIP_ABSENT']);
    // The next one waits, too: nobody but the output can say that it was set after all.
    answers = true;
    await output.set(0.25);
    expect(backs()).toBe(0);
    advance(20);
    await settle();
    expect(backs()).toBe(1);
    await output.set(0);
    advance(20);
    await settle();
    expect(backs()).toBe(1);
    await output.close();
  });
});
