import { describe, expect, it } from 'vitest';
import { migrations } from '../../nodes/actuator/migrations.ts';

const migrate = (saved: Record<string, unknown>) => migrations.reduce((held, step) => step(held), saved);

describe('an actuator of an older flow', () => {
  it('stays on its pin', () => {
    expect(migrate({ kind: 'servo', pin: 'D9' })).toEqual({ kind: 'servo', pins: ['D9'] });
    // Node-RED's editor writes the default of a new setting beside the old one.
    expect(migrate({ kind: 'led', pin: 'D3', pins: ['D13'] })).toEqual({ kind: 'led', pins: ['D3'] });
  });
});
