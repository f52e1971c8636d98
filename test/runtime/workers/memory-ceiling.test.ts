import { describe, expect, it } from 'vitest';
import { heapOptions, memoryCeiling } from '../../../runtime/workers/index.ts';

const MB = 2 ** 20;
const GB = 2 ** 30;

describe('the most memory that a process should take', () => {
  it('stays below the limit of its cgroup, which is its own', () => {
    expect(memoryCeiling({ machine: 8 * GB, cgroup: 512 * MB })).toBe(Math.round(0.9 * 512 * MB));
    expect(memoryCeiling({ machine: 8 * GB, cgroup: 128 * MB })).toBeLessThan(128 * MB);
  });

  it('leaves the rest of a machine to others', () => {
    expect(memoryCeiling({ machine: GB })).toBe(Math.round(0.6 * GB));
    expect(memoryCeiling({ machine: 64 * GB })).toBe(2 * GB);
  });

  it('takes no notice of a limit that is no less than the machine', () => {
    expect(memoryCeiling({ machine: GB, cgroup: 9e18 })).toBe(memoryCeiling({ machine: GB }));
  });

  it('is found on this machine, and is what its heap may take', () => {
    expect(memoryCeiling()).toBeGreaterThan(64 * MB);
    expect(heapOptions(500 * MB)).toEqual(['--max-old-space-size=448']);
    expect(heapOptions(511 * MB)).toEqual(['--max-old-space-size=448']);
    expect(heapOptions(20 * MB)).toEqual(['--max-old-space-size=64']);
  });
});
