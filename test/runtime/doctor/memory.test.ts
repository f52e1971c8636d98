import { describe, expect, it } from 'vitest';
import { cachedFiles } from '../../../runtime/doctor/profile/memory.ts';

describe('memory that a control group counts as used', () => {
  it('is partly files that the kernel lets go of', () => {
    const statistics = 'anon 1000\nfile 9000\nkernel 70\ninactive_anon 10\nactive_file 4000\ninactive_file 3000\n';
    expect(cachedFiles(statistics)).toBe(7000);
  });

  it('is all in use where nothing is known', () => {
    expect(cachedFiles('')).toBe(0);
  });
});
