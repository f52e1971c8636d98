import { describe, expect, it } from 'vitest';
import { namedNumbers, numbersByName } from '../../../runtime/inference/named-numbers.ts';

const many = Array.from({ length: 100 }, (_, i) => `name ${i}`);
const odd = ['__proto__', 'constructor', `quote " ' \` \\`, '\u2028${x}', ''];

describe('named numbers', () => {
  it.each([
    ['few', ['b', 'a']],
    ['many', many],
    ['strange', odd],
  ])('go into an object and back: %s names', (_, names) => {
    const values = names.map((_, i) => i + 0.5);
    const object = namedNumbers(names)(values);
    expect(Object.keys(object)).toEqual(names);
    expect(Object.values(object)).toEqual(values);
    const into = new Float64Array(names.length);
    expect(numbersByName(names)(object, into)).toBe(true);
    expect(Array.from(into)).toEqual(values);
  });

  it('leave out what is no finite number, and take whole numbers of 64 bits', () => {
    expect(namedNumbers(['a', 'b', 'c', 'd'])([NaN, 3n, 'text', true])).toEqual({ b: 3, d: 1 });
  });

  it('are not read where one is none', () => {
    expect(numbersByName(['a', 'b'])({ a: 1, b: '2' }, new Float64Array(2))).toBe(false);
    expect(numbersByName(['a', 'b'])({ a: 1 }, new Float64Array(2))).toBe(false);
  });
});
