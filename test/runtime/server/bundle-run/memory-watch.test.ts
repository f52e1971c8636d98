import { describe, expect, it } from 'vitest';
import type { MillraceError } from '../../../../runtime/base/index.ts';
import { memoryWatch } from '../../../../runtime/server/bundle-run/memory-watch.ts';

function watched(ceiling: number) {
  const told: string[] = [];
  const reached: MillraceError[] = [];
  const log = {
    ...{ info: () => undefined, warn: () => undefined, error: () => undefined },
    report: (level: string, error: unknown) => void told.push(`${level} ${(error as MillraceError).code}`),
  };
  return { told, reached, see: memoryWatch({ ceiling, log, reached: (error) => reached.push(error) }) };
}

describe('the memory of a run', () => {
  it('is told of at four fifths of its ceiling, while nothing is ended', () => {
    const { told, reached, see } = watched(100e6);
    see(79e6);
    expect(told).toEqual([]);
    see(81e6);
    expect(told).toEqual(['warn MEMORY_HIGH']);
    expect(reached).toEqual([]);
  });

  it('ends the run where it stays near the ceiling, with both numbers in the error', () => {
    const { reached, see } = watched(100e6);
    for (let second = 0; second < 3; second++) see(96e6);
    expect(reached.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'MEMORY_CEILING: 96 MB of memory in use, and 100 MB is the most this process may take: it ends and is started again',
    ]);
  });

  it('lets a short peak below the ceiling pass', () => {
    const { reached, see } = watched(100e6);
    for (let second = 0; second < 10; second++) see(second % 3 === 0 ? 50e6 : 97e6);
    expect(reached).toEqual([]);
  });

  it('ends the run at once, and once, where the ceiling is passed', () => {
    const { reached, see } = watched(100e6);
    see(101e6);
    see(150e6);
    expect(reached).toHaveLength(1);
  });
});
