import { describe, expect, it } from 'vitest';
import { barLength, orderFeatures, ratio } from '../../../editor/live/features.ts';

const feature = (name: string, value: number, drifting = value > 1) => ({
  name,
  statistic: 'wasserstein',
  value,
  threshold: 1,
  drifting,
});
const names = (features: readonly { name: string }[]) => features.map(({ name }) => name);

describe('the order of features', () => {
  it('puts drifting features first and then those nearest to their threshold', () => {
    const features = [feature('a', 0.2), feature('b', 3), feature('c', 0.9), feature('d', 1.5)];
    expect(names(orderFeatures(features, []))).toEqual(['b', 'd', 'c', 'a']);
  });

  it('stays as it was while the differences are small', () => {
    const features = [feature('a', 0.5), feature('b', 0.55), feature('c', 0.1)];
    expect(names(orderFeatures(features, ['a', 'b', 'c']))).toEqual(['a', 'b', 'c']);
    expect(names(orderFeatures([feature('a', 0.2), ...features.slice(1)], ['a', 'b', 'c']))).toEqual(['b', 'a', 'c']);
  });

  it('moves a feature up at once when it begins to drift', () => {
    const features = [feature('a', 0.98), feature('b', 0.9), feature('c', 1.01)];
    expect(names(orderFeatures(features, ['a', 'b', 'c']))).toEqual(['c', 'a', 'b']);
  });
});

describe('the bar of a feature', () => {
  it('meets the threshold at half its length and never leaves the row', () => {
    expect(barLength(feature('a', 0))).toBe(0);
    expect(barLength(feature('a', 0.5))).toBe(0.25);
    expect(barLength(feature('a', 1))).toBe(0.5);
    expect(barLength(feature('a', 4))).toBe(1);
    expect(barLength(feature('a', 1e9))).toBe(1);
  });

  it('is full when anything is too much', () => {
    expect(ratio({ ...feature('a', 0.1), threshold: 0 })).toBe(Infinity);
    expect(ratio({ ...feature('a', 0), threshold: 0 })).toBe(0);
    expect(barLength({ ...feature('a', 0.1), threshold: 0 })).toBe(1);
  });
});
