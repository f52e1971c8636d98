import { defineConfig } from 'vitest/config';
import { LONGER } from './longer.ts';

// What `npm test` runs. The limits find a hang; on a slow machine they call nothing a failure.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', ...LONGER, 'node_modules/**'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
