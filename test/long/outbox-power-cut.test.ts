/** Power cuts, on a disk of its own. `npm run soak` makes fifty. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cutThePower, mayMount } from '../../scripts/soak/outbox/power-cuts.ts';

const possible = mayMount();
if (!possible) {
  if (process.env['CI']) throw new Error('CI needs root and loop devices, for the disk whose power is cut');
  process.stderr.write('Not run: power cuts. Only root may mount the disk that fails.\n');
}

describe.skipIf(!possible)('a gateway whose power is cut', () => {
  it('has on its disk everything that it had taken', async () => {
    const verdict = await cutThePower({ seed: 1, cuts: 8 });
    expect(verdict).toMatchObject({ lost: 0, wrong: [], complaints: [] });
    expect(verdict.taken).toBeGreaterThan(1_000);
  });

  it('would have lost some of it with a store that does not wait for the disk: the test can see that', async () => {
    const normal = join(import.meta.dirname, '../faults/outbox/synchronous-normal.ts');
    const verdict = await cutThePower({ seed: 1, cuts: 3, execArgv: ['--import', normal] });
    expect(verdict.lost).toBeGreaterThan(0);
  });
});
