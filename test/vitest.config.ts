import { defineConfig } from 'vitest/config';
import { LONGER } from './longer.ts';

// What `npm test` runs. Files that start servers, browsers or child processes bring their own longer limits.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', ...LONGER, 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
