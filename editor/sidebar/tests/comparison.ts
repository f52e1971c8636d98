/** How a value must be, as one chooses it: the settings of an expectation that say so. */
import type { Expectation } from '../../../runtime/messages/index.ts';

export type How = 'is' | 'near' | 'above' | 'below' | 'between' | 'matches' | 'atLeast' | 'atMost' | 'some';
type Expect = Expectation['expect'];

const OF_VALUES: readonly How[] = ['is', 'near', 'above', 'below', 'between', 'matches'];
/** What may be chosen for each kind of expectation. */
export const HOWS: Readonly<Record<Expect, readonly How[]>> = {
  becomes: OF_VALUES,
  always: OF_VALUES,
  never: OF_VALUES,
  last: OF_VALUES,
  nothing: [],
  count: ['is', 'atLeast', 'atMost', 'some'],
  status: ['is', 'matches'],
  error: [],
};

export function howOf({ expect, near, above, below, matches, atLeast, atMost }: Expectation): How {
  if (expect === 'count' && atLeast !== undefined && atMost !== undefined) return 'some';
  if (atLeast !== undefined) return 'atLeast';
  if (atMost !== undefined) return 'atMost';
  if (near !== undefined) return 'near';
  if (matches !== undefined) return 'matches';
  if (above !== undefined && below !== undefined) return 'between';
  if (above !== undefined) return 'above';
  return below !== undefined ? 'below' : 'is';
}

/** The same expectation, said in another way; the number or text that it held is kept where it fits. */
export function withHow(expectation: Expectation, how: How): Expectation {
  const { is, near, tolerance, above, below, matches, atLeast, atMost, ...rest } = expectation;
  const number = [is, near, above, below, atLeast, atMost].find((value) => typeof value === 'number') ?? 0;
  const text = [is, matches].find((value) => typeof value === 'string') ?? '';
  const high = below ?? atMost ?? number;
  switch (how) {
    case 'is':
      return { ...rest, is: is ?? near ?? above ?? below ?? atLeast ?? atMost ?? text };
    case 'near':
      return { ...rest, near: number, tolerance: tolerance ?? '5 %' };
    case 'above':
      return { ...rest, above: number };
    case 'below':
      return { ...rest, below: high };
    case 'between':
      return { ...rest, above: number, below: high };
    case 'matches':
      return { ...rest, matches: text };
    case 'atLeast':
      return { ...rest, atLeast: number };
    case 'atMost':
      return { ...rest, atMost: high };
    case 'some':
      return { ...rest, atLeast: number, atMost: high };
  }
}

/** The same node, expected to do something else: what does not belong to that goes. */
export function withExpect(expectation: Expectation, expect: Expect): Expectation {
  const { code: _code, ...rest } = expectation;
  const changed = { ...rest, expect };
  const hows = HOWS[expect];
  if (hows.length === 0) {
    const {
      is: _is,
      near: _n,
      tolerance: _t,
      above: _a,
      below: _b,
      matches: _m,
      atLeast: _l,
      atMost: _o,
      ...bare
    } = changed;
    return bare;
  }
  const how = howOf(expectation);
  if (expect === 'count') {
    const counted = withHow(changed, expectation.expect === 'count' && hows.includes(how) ? how : 'atLeast');
    return expectation.expect === 'count' ? counted : { ...counted, atLeast: 1 };
  }
  return withHow(changed, hows.includes(how) ? how : 'is');
}
