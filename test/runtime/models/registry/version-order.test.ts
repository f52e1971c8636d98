import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareVersions } from '../../../../runtime/models/registry/version-order.ts';

/** Oldest first, each of its own rank. */
const ORDERED = [
  ...['0.9.9', '1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11'],
  ...[
    '1.0.0-rc.1',
    '1.0.0-rc9',
    '1.0.0-rc10',
    '1.0.0',
    '1.2.0',
    '1.10.0',
    '1.10.20261122153000122',
    '1.10.20261122153000123',
  ],
];

describe('the order of versions', () => {
  it('is that of semantic versions, with numbers by their value', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(ORDERED), (some) => {
        expect(some.toSorted(compareVersions)).toEqual(ORDERED.filter((version) => some.includes(version)));
      }),
    );
  });

  it('looks at no build', () => {
    expect(compareVersions('1.0.0+a', '1.0.0+b')).toBe(0);
    expect(compareVersions('1.0.01', '1.0.1')).toBe(0);
  });
});
