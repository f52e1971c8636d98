import { defineConfig } from 'vitest/config';

// What `npm test` runs. Files that start servers, browsers or child processes bring their own longer limits.
export default defineConfig({
  root: `${import.meta.dirname}/..`,
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/long/**', 'test/conformance/senders/**', 'node_modules/**'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default'],
  },
});
