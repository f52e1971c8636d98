import { defineConfig } from 'vitest/config';

// What takes longer than `npm test` may: `npm run test:long`, which CI adds.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    // Senders are held to their suite against real servers.
    include: ['test/long/**/*.test.ts', 'test/conformance/senders/*.test.ts'],
    testTimeout: 10 * 60_000,
    hookTimeout: 5 * 60_000,
    pool: 'forks',
    maxWorkers: 1,
  },
});
