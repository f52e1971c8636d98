import { defineConfig } from 'vitest/config';
import './keep-compiled.ts';
import { ALONE, LONGER } from './longer.ts';
import { LongestFirst } from './longest-first.ts';

const root = `${import.meta.dirname}/..`;
const limits = {
  ...{ expect: { poll: { timeout: 60_000 } }, setupFiles: ['test/patience.ts'] },
  ...{ testTimeout: 15 * 60_000, hookTimeout: 5 * 60_000, pool: 'forks' },
} as const;

// What takes longer than `npm test` may: `npm run test:long`, which CI adds. Two files at a time; those that need the
// machine to themselves come after them, one by one.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        root,
        test: {
          ...limits,
          ...{ name: 'together', maxWorkers: 2, sequence: { groupOrder: 0 } },
          ...{ include: ['test/long/**/*.test.ts', ...LONGER], exclude: [...ALONE, 'node_modules/**'] },
        },
      },
      { root, test: { ...limits, name: 'alone', maxWorkers: 1, sequence: { groupOrder: 1 }, include: ALONE } },
    ],
  },
});
