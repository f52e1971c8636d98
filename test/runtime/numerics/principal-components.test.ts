import { describe, expect, it } from 'vitest';
import { principalComponents, seededRandom } from '../../../runtime/numerics/index.ts';

describe('principal components', () => {
  it('are those of a known covariance', () => {
    // Covariance [[2, 1], [1, 2]]: variances 3 and 1 along (1, 1) and (1, -1).
    const values = [Math.sqrt(3), Math.sqrt(3), -Math.sqrt(3), -Math.sqrt(3), 1, -1, -1, 1];
    const { axes, variances, total } = principalComponents(values, 4, 2, 2);
    const half = Math.SQRT1_2;
    expect([...variances]).toEqual([expect.closeTo(3, 9), expect.closeTo(1, 9)]);
    expect(total).toBeCloseTo(4, 9);
    expect([...axes].map(Math.abs)).toEqual(
      [half, half, half, half].map((value) => expect.closeTo(value, 6) as number),
    );
  });

  it('have the same signs whatever the rows are mirrored by', () => {
    const random = seededRandom(5);
    const values = Float64Array.from({ length: 300 }, (_, at) => (random() - 0.5) * (1 + (at % 3)));
    const mirrored = values.map((value) => -value);
    const [one, other] = [principalComponents(values, 100, 3, 2), principalComponents(mirrored, 100, 3, 2)];
    expect([...other.axes]).toEqual([...one.axes]);
  });

  it('are none where nothing varies, and one where all lies on a line', () => {
    expect([...principalComponents(new Float64Array(20), 10, 2, 2).variances]).toEqual([0, 0]);
    const line = Float64Array.from({ length: 20 }, (_, at) => ((at >> 1) - 4.5) * (at % 2 === 0 ? 1 : 2));
    const { variances, total } = principalComponents(line, 10, 2, 2);
    expect(variances[0]).toBeCloseTo(total, 6);
    expect(variances[1]).toBeLessThan(1e-6 * total);
  });
});
