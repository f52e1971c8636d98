import { defineConfig } from 'vitest/config';
import { LONGER, WAITING } from './longer.ts';

// What takes longer than `npm test` may: `npm run test:long`, which CI adds. Files that mostly wait run two at a time, and
// those that need the machine to themselves after them, one by one.
export default defineConfig({
  test: {
    projects: [
      {
        root: `${import.meta.dirname}/..`,
        test: {
          name: 'waiting',
          include: WAITING,
          ...{ testTimeout: 15 * 60_000, hookTimeout: 5 * 60_000, pool: 'forks', maxWorkers: 2 },
          sequence: { groupOrder: 0 },
        },
      },
      {
        root: `${import.meta.dirname}/..`,
        test: {
          name: 'alone',
          include: ['test/long/**/*.test.ts', ...LONGER],
          exclude: [...WAITING, 'node_modules/**'],
          ...{ testTimeout: 10 * 60_000, hookTimeout: 5 * 60_000, pool: 'forks', maxWorkers: 1 },
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
