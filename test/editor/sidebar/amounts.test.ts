import { describe, expect, it } from 'vitest';
import {
  parseAmount,
  parseNumber,
  showAmount,
  showDuration,
  showNumber,
} from '../../../editor/sidebar/tests/amounts.ts';
import { expectation, milliseconds } from '../../../runtime/messages/index.ts';

describe('what is typed into a field of a test', () => {
  it('is a duration as a test has it, in seconds where nothing else is said', () => {
    expect(parseAmount(' 5 ')).toBe(5);
    expect(milliseconds(parseAmount('5') ?? 0)).toBe(5000);
    expect(showDuration(5)).toBe('5 s');
    expect(milliseconds(parseAmount('250 ms') ?? 0)).toBe(250);
    expect(parseAmount('  ')).toBeUndefined();
    expect(showDuration(undefined)).toBe('');
  });

  it('is a share or a number', () => {
    expect(parseAmount('1 %')).toBe('1 %');
    expect(showAmount('1 %')).toBe('1 %');
    expect(showAmount(0.5)).toBe('0.5');
  });

  it('is a number in the manner of several countries, and none of what is not', () => {
    expect(parseNumber('−1,5')).toBe(-1.5);
    expect(parseNumber('')).toBeUndefined();
    expect(showNumber(NaN)).toBe('');
    // So that what is half typed cannot be saved.
    expect(expectation.safeParse({ node: 'x', near: parseNumber('1.x') }).success).toBe(false);
  });
});
