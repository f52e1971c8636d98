import { describe, expect, it } from 'vitest';
import { createClaims } from '../../../runtime/devices/claims.ts';
import { readingOf } from '../../../runtime/devices/reading.ts';

describe('a digital pin', () => {
  const claimOf = (holder: string, kind: 'button' | 'switch', options = {}) => {
    const [claim] = readingOf(1, { holder, kind, pins: ['D2'], options, period: 100 }).claims;
    if (!claim) throw new Error('it takes no pin');
    return claim;
  };

  it('is shared by nodes that have it with its pull-up, or by nodes that have it without, and not by both', () => {
    const claims = createClaims('bench');
    const pulled = { pullup: true };
    const first = claims.take(claimOf('door', 'button', pulled));
    const second = claims.take(claimOf('bell', 'button', pulled));
    expect(() => claims.take(claimOf('level', 'switch'))).toThrow(
      expect.objectContaining({
        code: 'PIN_TAKEN',
        message: expect.stringMatching(/"level".*D2.*"door".*with its pull-up/) as string,
        hint: expect.stringMatching(/"level".*"door"/) as string,
      }) as Error,
    );
    first();
    second();
    claims.take(claimOf('level', 'switch'));
    claims.take(claimOf('bell', 'button'));
    expect(() => claims.take(claimOf('door', 'button', pulled))).toThrow(/without its pull-up/);
  });
});

describe('two nodes of one name', () => {
  it('are told apart where they want one pin', () => {
    const claims = createClaims('bench');
    const claim = (label: string, use: 'output' | 'pwm') => ({ holder: 'actuator', label, pin: 'D9', use });
    claims.take(claim('relay', 'output'));
    expect(() => claims.take(claim('LED', 'pwm'))).toThrow(
      expect.objectContaining({
        code: 'PIN_TAKEN',
        message: '"actuator" (LED) cannot have pin D9 of the board "bench": another "actuator" (relay) holds it',
        hint: expect.stringMatching(/give each a name/) as string,
      }) as Error,
    );
  });
});
