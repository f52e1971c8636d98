/** The same rows and the same seed give the same bytes. */
import { describe, expect, it, vi } from 'vitest';
import { calm, CASES, fit } from './support/cases.ts';
import { randomSet } from './support/random-set.ts';

describe.each(CASES)('$title', ({ trainer, task }) => {
  it('learns the same from the same rows with the same seed', () => {
    const train = (seed: number) => {
      const set = randomSet({ trainer, task, seed: 4, rows: 120 });
      const held = randomSet({ trainer, task, seed: 4, rows: 30 });
      return fit(trainer, set, calm(seed, held));
    };
    const [first, second] = [train(7), train(7)];
    expect(Buffer.compare(first.onnx(), second.onnx())).toBe(0);
    expect({ ...first, predict: 0, onnx: 0 }).toEqual({ ...second, predict: 0, onnx: 0 });
    // Writing changes nothing.
    expect(Buffer.compare(first.onnx(), second.onnx())).toBe(0);
  });

  it('draws no chance but from the seed, and changes nothing that it is given', () => {
    const chance = vi.spyOn(Math, 'random');
    try {
      const set = randomSet({ trainer, task, seed: 5, rows: 60, weighted: true });
      const kept = structuredClone(set);
      const fitted = fit(trainer, set);
      fitted.predict(set.values, set.rows);
      fitted.onnx();
      expect(chance).not.toHaveBeenCalled();
      expect(set).toEqual(kept);
    } finally {
      chance.mockRestore();
    }
  });
});
