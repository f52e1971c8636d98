/** A training can be watched, cancelled, and ended where the time is over. */
import { describe, expect, it } from 'vitest';
import type { TrainerRun } from '../../../../runtime/training/fit/trainer.ts';
import { outputsOf } from '../../../../runtime/training/fit/training-set.ts';
import { CASES, fit } from './support/cases.ts';
import { randomSet } from './support/random-set.ts';

describe.each(CASES)('$title', ({ trainer, task }) => {
  const rows = trainer.name.endsWith('network') ? 400 : 4000;
  const many = () => randomSet({ trainer, task, seed: 6, rows, width: 20 });

  it('says how far it is, never less than before', () => {
    const said: number[] = [];
    const run: TrainerRun = {
      seed: 1,
      step(done, words) {
        said.push(done);
        expect(words).toMatch(/\w/);
        return true;
      },
    };
    fit(trainer, many(), run);
    expect(said.length).toBeGreaterThan(0);
    expect(said).toEqual(said.toSorted((a, b) => a - b));
    expect(said.every((done) => done >= 0 && done <= 1)).toBe(true);
  });

  it('ends at once where it is cancelled', () => {
    const cancelled = new Error('cancelled');
    let asked = 0;
    const run: TrainerRun = {
      seed: 1,
      step() {
        asked++;
        throw cancelled;
      },
    };
    expect(() => fit(trainer, many(), run)).toThrow(cancelled);
    expect(asked).toBe(1);
  });

  it.each([0, 3])('gives what it has when the time is over after %i steps', (after) => {
    let asked = 0;
    const run: TrainerRun = { seed: 1, step: () => asked++ < after };
    const set = many();
    const fitted = fit(trainer, set, run);
    const answers = fitted.predict(set.values.subarray(0, 50 * set.width), 50);
    expect(answers).toHaveLength(50 * outputsOf(set.target));
    expect(answers.every(Number.isFinite)).toBe(true);
    expect(fitted.onnx().length).toBeGreaterThan(0);
  });
});
