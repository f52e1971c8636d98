import { describe, expect, it } from 'vitest';
import { outcomeOf } from '../../../runtime/gateways/deploys/outcome.ts';
import type { GatewayStatus } from '../../../runtime/messages/index.ts';

const release = { name: 'pump', version: 7, digest: 'd'.repeat(64) };
const status = (stated: Partial<GatewayStatus>): GatewayStatus => ({
  ...{ state: 'idle', process: 'running', restarts: 0, running: release },
  ...stated,
});

describe('a deploy, by the gateway’s status,', () => {
  it('runs where nothing is under way and its release runs', () => {
    expect(outcomeOf(status({ held: true }), release)).toBe('runs');
    // An older gateway does not say whether it has held.
    expect(outcomeOf(status({}), release)).toBe('runs');
  });

  it('does not run where its release is only tried on, for want of another one', () => {
    expect(outcomeOf(status({ held: false }), release)).toBe('idle');
  });

  it('is worked on, or another one is', () => {
    expect(outcomeOf(status({ state: 'probation', candidate: release }), release)).toBe('works');
    expect(outcomeOf(status({ state: 'probation', candidate: { ...release, version: 8 } }), release)).toBe('other');
  });
});
