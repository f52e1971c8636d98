import { defineConfig } from 'vitest/config';
import './keep-compiled.ts';
import { LONGER } from './longer.ts';
import { SHARING } from './sharing.ts';

const root = `${import.meta.dirname}/..`;
const exclude = ['test/long/**', ...LONGER, 'node_modules/**'];
// The limits find a hang; on a slow machine they call nothing a failure.
const limits = {
  ...{ expect: { poll: { timeout: 60_000 } }, setupFiles: ['test/patience.ts'] },
  ...{ testTimeout: 120_000, hookTimeout: 60_000, pool: 'forks' },
} as const;

// What `npm test` runs. Files that start servers, browsers or child processes bring their own longer limits.
export default defineConfig({
  test: {
    maxWorkers: 2,
    reporters: ['default'],
    projects: [
      {
        root,
        test: { ...limits, name: 'apart', include: ['test/**/*.test.ts'], exclude: [...exclude, ...SHARING] },
      },
      {
        root,
        test: {
          ...limits,
          ...{ name: 'sharing', isolate: false, unstubGlobals: true, unstubEnvs: true },
          ...{ include: SHARING, exclude },
        },
      },
    ],
  },
});
