import { describe, expect, it } from 'vitest';
import { HOWS, howOf, withExpect, withHow } from '../../../editor/sidebar/tests/comparison.ts';
import { type Expectation, expectation } from '../../../runtime/messages/index.ts';

const KINDS = Object.keys(HOWS) as Expectation['expect'][];
const parse = (settings: Record<string, unknown>): Expectation => expectation.parse({ node: 'infer', ...settings });
const beginnings = [
  parse({ is: 'healthy' }),
  parse({ near: 20, tolerance: '1 %' }),
  parse({ above: 3, below: 9, within: '5 s' }),
  parse({ expect: 'nothing', from: '2 s' }),
  parse({ expect: 'count', atLeast: 5, atMost: 9 }),
  parse({ expect: 'error', code: 'MODEL_MISSING' }),
  parse({ expect: 'status', matches: '^healthy' }),
];

describe('what must happen, chosen from lists', () => {
  it('can be changed to any other kind and comparison, and is one that a test may hold at once', () => {
    for (const beginning of beginnings) {
      for (const kind of KINDS) {
        const changed = withExpect(beginning, kind);
        expect(expectation.safeParse(changed).error, `${JSON.stringify(beginning)} as ${kind}`).toBeUndefined();
        expect(changed).toMatchObject({ expect: kind, node: 'infer' });
        for (const how of HOWS[kind]) {
          const said = withHow(changed, how);
          expect(expectation.safeParse(said).error, `${JSON.stringify(changed)} as ${how}`).toBeUndefined();
          expect(howOf(said)).toBe(how);
        }
      }
    }
  });

  it('keeps the number, the text and the time that it had', () => {
    const about = withHow(parse({ near: 20, tolerance: 0.5, within: '5 s' }), 'above');
    expect(about).toMatchObject({ above: 20, within: '5 s' });
    expect(about).not.toHaveProperty('tolerance');
    expect(withHow(parse({ is: 'healthy' }), 'matches')).toMatchObject({ matches: 'healthy' });
    expect(withHow(withHow(parse({ above: 3, below: 9 }), 'below'), 'is')).toMatchObject({ is: 9 });
    expect(withExpect(parse({ is: 'healthy', from: '2 s' }), 'last')).toMatchObject({ is: 'healthy', from: '2 s' });
  });

  it('counts messages from one, whatever was compared before', () => {
    expect(withExpect(parse({ near: 20, tolerance: 1 }), 'count')).toMatchObject({ atLeast: 1 });
  });
});
