import { expect, it } from 'vitest';
import { costWords } from '../../../../runtime/rollout/health/cost-words.ts';

it('says what a bundle took beside what was estimated, and where that was far off', () => {
  const taken = { memoryBytes: 150e6, startMs: 3_000 };
  expect(costWords({ memoryBytes: 120e6, startMs: 2_500 }, taken)).toBe(
    '; takes 150 MB of memory (estimated: 120 MB); started in 3.0 s (estimated: 2.5 s)',
  );
  expect(costWords({ memoryBytes: 60e6, startMs: 9_000 }, taken)).toBe(
    '; takes 150 MB of memory (estimated: 60 MB, far too little); started in 3.0 s (estimated: 9.0 s, far too much)',
  );
  expect(costWords({ modelMs: 0.02 }, { modelMs: 0.0241 })).toBe(
    '; a row of its slowest model takes 24 µs (estimated: 20 µs)',
  );
  expect(costWords({ modelMs: 1.5 }, { modelMs: 12 })).toBe(
    '; a row of its slowest model takes 12.0 ms (estimated: 1.5 ms, far too little)',
  );
  expect(costWords({ memoryBytes: 120e6 }, { startMs: 3_000 })).toBe('');
  expect(costWords(undefined, taken)).toBe('');
});
