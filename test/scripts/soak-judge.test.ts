import { describe, expect, it } from 'vitest';
import type { DriftPayload } from '../../runtime/messages/index.ts';
import { judgeSoak } from '../../scripts/soak/judge.ts';
import type { SoakChapter } from '../../scripts/soak/pump-soak.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MENDED = 54 * HOUR;

const drift = (state: DriftPayload['state'], name = 'rms_x'): DriftPayload => ({
  ...{ kind: 'data', state, since: 48 * HOUR, samples: 32 },
  features: [{ name, statistic: 'Kolmogorov–Smirnov', value: 0.9, threshold: 0.5, drifting: state !== 'end' }],
});

/** Two calm days, a blocked inlet that is found, and what is said after it was mended. */
const verdict = (after: SoakChapter['events']) =>
  judgeSoak(
    [
      { change: {}, from: 0, events: [] },
      { change: {}, from: 24 * HOUR, events: [] },
      { change: { inlet: 'blocked' }, from: 48 * HOUR, events: [{ at: 49 * HOUR, payload: drift('start') }] },
      { change: { inlet: 'open' }, from: MENDED, events: after },
    ],
    MINUTE,
  )[1]?.met;
const end = { at: MENDED + HOUR, payload: drift('end') };
const after = (minutes: number, state: DriftPayload['state']) => ({
  at: MENDED + minutes * MINUTE,
  payload: drift(state, 'rms_y'),
});

describe('what a soak may hear after the pump was mended', () => {
  it('is the end of what was found', () => {
    expect(verdict([end])).toBe(true);
    expect(verdict([])).toBe(false);
  });

  it('is one more feature, while the window still holds rows of the broken pump', () => {
    expect(verdict([after(11, 'change'), end])).toBe(true);
    expect(verdict([after(32, 'change'), end])).toBe(false);
  });

  it('is never a new alarm', () => {
    expect(verdict([end, after(70, 'start'), { ...end, at: MENDED + 2 * HOUR }])).toBe(false);
    expect(verdict([after(11, 'start'), end, end])).toBe(false);
  });
});
