import { describe, expect, it } from 'vitest';
import { drawingOf } from '../../../editor/canvas/drawings.ts';
import { areaPaths, extent, linePath } from '../../../editor/canvas/sparkline.ts';
import { createStore } from '../../../editor/live/store.ts';

const box = { width: 100, height: 10 };

describe('a sparkline', () => {
  it('has its newest value at the right end and its largest on top', () => {
    expect(linePath([1, 3, 2], 11, box, [1, 3])).toBe('M80.0 10.0L90.0 0.0L100.0 5.0');
  });

  it('leaves a gap where a value is missing', () => {
    expect(linePath([1, NaN, 1, 2], 5, box, [1, 2])).toBe('M25.0 10.0M75.0 10.0L100.0 0.0');
  });

  it('does not blow noise up to its full height', () => {
    const [low, high] = extent([20, 20.0001]);
    expect(high - low).toBeCloseTo(0.04);
    expect(extent([])).toEqual([0, 1]);
    expect(extent([NaN, 2, 5])).toEqual([2, 5]);
  });

  it('shows confidence as one area for each run of a label, without seams', () => {
    const points = [0, 0, 1].map((kind) => ({ kind, value: 0.5 }));
    expect(areaPaths(points, 3, box)).toEqual([
      { kind: 0, path: 'M0.0 10L0.0 5.0L50.0 5.0L100.0 5.0L100.0 10Z' },
      { kind: 1, path: 'M100.0 10L100.0 5.0L100.0 10Z' },
    ]);
  });
});

describe('what stands under a node', () => {
  const origin = { node: 'n', name: 'n', type: 't', time: 1 };

  it('is a field for each channel of a reading', () => {
    const store = createStore(() => 0);
    const channels = ['x', 'y'].map((name) => ({ name, last: 1, min: 0, max: 2 }));
    store.apply([{ ...origin, kind: 'readings', channels }]);
    expect(drawingOf(store, 'n', box)?.map(({ look }) => look)).toEqual(['series-1', 'series-2']);
  });

  it('has the colour of the label that was predicted', () => {
    const store = createStore(() => 0);
    const predicted = (label: string, time: number) => ({
      ...origin,
      time,
      kind: 'prediction' as const,
      model: { name: 'm', version: '1', digest: 'd' },
      latencyMs: 1,
      classification: { label, confidence: 0.9, scores: { healthy: 0.5, worn: 0.5 } },
    });
    store.apply([predicted('healthy', 1), predicted('worn', 2)]);
    expect(drawingOf(store, 'n', box)?.map(({ look }) => look)).toEqual(['area-1', 'area-2']);
  });

  it('turns to the colour of alarm when a feature drifts', () => {
    const store = createStore(() => 0);
    const features = [{ name: 'a', statistic: 's', value: 2, threshold: 1, drifting: true }];
    store.apply([{ ...origin, kind: 'drift', state: 'drifting', since: 0, samples: 30, window: 30, features }]);
    expect(drawingOf(store, 'n', box)?.map(({ look }) => look)).toEqual(['threshold', 'alarm']);
  });

  it('is nothing for a node that shows nothing of the kind', () => {
    expect(
      drawingOf(
        createStore(() => 0),
        'n',
        box,
      ),
    ).toBeUndefined();
  });
});
