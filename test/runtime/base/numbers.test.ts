import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grouped } from '../../../runtime/base/index.ts';

describe('a grouped number', () => {
  it('reads as English writes it', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        expect(grouped(value)).toBe(value.toLocaleString('en'));
      }),
    );
    expect([0, 999, 1000, -1000, 1_234_567].map(grouped)).toEqual(['0', '999', '1,000', '-1,000', '1,234,567']);
  });
});
