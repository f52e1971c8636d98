import { defineConfig } from 'vitest/config';
import { LONGER } from './longer.ts';

// What takes longer than `npm test` may: `npm run test:long`, which CI adds.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['test/long/**/*.test.ts', ...LONGER],
    testTimeout: 10 * 60_000,
    hookTimeout: 5 * 60_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
