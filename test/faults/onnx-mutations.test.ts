import { describe, expect, it } from 'vitest';
import { runMutations } from './run-mutations.ts';

describe('ten thousand broken models', () => {
  it(
    'are each refused with a code, or are a model that survives writing and reading; none ends the process, also not in ONNX Runtime',
    { timeout: 240_000 },
    async () => {
      const { problems, refused, accepted, loaded } = await runMutations(0, 10_000);
      expect(problems).toEqual([]);
      expect(refused + accepted).toBe(10_000);
      // Otherwise the mutations would say nothing about the one or the other.
      expect(refused).toBeGreaterThan(1000);
      expect(loaded).toBeGreaterThan(500);
    },
  );
});
