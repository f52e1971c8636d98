import type { Pass } from './pass.ts';

/** The last pass of a transform, where eight values are left to combine: no factors but the eighth of a turn. */
export function lastRadixEight(stride: number): Pass {
  const step = 2 * stride;
  return (values, from, into) => run(values, from, into, step);
}

function run(values: Float64Array, from: number, into: Float64Array, step: number): void {
  for (let w0 = 0; w0 < step; w0 += 2) {
    const r0 = from + w0;
    const r1 = r0 + step;
    const r2 = r1 + step;
    const r3 = r2 + step;
    const r4 = r3 + step;
    const r5 = r4 + step;
    const r6 = r5 + step;
    const r7 = r6 + step;
    const v0Re = values[r0] as number;
    const v0Im = values[r0 + 1] as number;
    const v1Re = values[r1] as number;
    const v1Im = values[r1 + 1] as number;
    const v2Re = values[r2] as number;
    const v2Im = values[r2 + 1] as number;
    const v3Re = values[r3] as number;
    const v3Im = values[r3 + 1] as number;
    const v4Re = values[r4] as number;
    const v4Im = values[r4 + 1] as number;
    const v5Re = values[r5] as number;
    const v5Im = values[r5 + 1] as number;
    const v6Re = values[r6] as number;
    const v6Im = values[r6 + 1] as number;
    const v7Re = values[r7] as number;
    const v7Im = values[r7 + 1] as number;
    // A transform of the four even values …
    const p0Re = v0Re + v4Re;
    const p0Im = v0Im + v4Im;
    const p1Re = v0Re - v4Re;
    const p1Im = v0Im - v4Im;
    const p2Re = v2Re + v6Re;
    const p2Im = v2Im + v6Im;
    const p3Re = v2Re - v6Re;
    const p3Im = v2Im - v6Im;
    const a0Re = p0Re + p2Re;
    const a0Im = p0Im + p2Im;
    const a1Re = p1Re + p3Im;
    const a1Im = p1Im - p3Re;
    const a2Re = p0Re - p2Re;
    const a2Im = p0Im - p2Im;
    const a3Re = p1Re - p3Im;
    const a3Im = p1Im + p3Re;
    // … one of the four odd values …
    const q0Re = v1Re + v5Re;
    const q0Im = v1Im + v5Im;
    const q1Re = v1Re - v5Re;
    const q1Im = v1Im - v5Im;
    const q2Re = v3Re + v7Re;
    const q2Im = v3Im + v7Im;
    const q3Re = v3Re - v7Re;
    const q3Im = v3Im - v7Im;
    // … which are turned back by their place …
    const b0Re = q0Re + q2Re;
    const b0Im = q0Im + q2Im;
    const s1Re = q1Re + q3Im;
    const s1Im = q1Im - q3Re;
    const b1Re = (s1Re + s1Im) * Math.SQRT1_2;
    const b1Im = (s1Im - s1Re) * Math.SQRT1_2;
    const b2Re = q0Im - q2Im;
    const b2Im = q2Re - q0Re;
    const s3Re = q1Re - q3Im;
    const s3Im = q1Im + q3Re;
    const b3Re = (s3Im - s3Re) * Math.SQRT1_2;
    const b3Im = -(s3Re + s3Im) * Math.SQRT1_2;
    // … and both together.
    const w1 = w0 + step;
    const w2 = w1 + step;
    const w3 = w2 + step;
    const w4 = w3 + step;
    const w5 = w4 + step;
    const w6 = w5 + step;
    const w7 = w6 + step;
    into[w0] = a0Re + b0Re;
    into[w0 + 1] = a0Im + b0Im;
    into[w1] = a1Re + b1Re;
    into[w1 + 1] = a1Im + b1Im;
    into[w2] = a2Re + b2Re;
    into[w2 + 1] = a2Im + b2Im;
    into[w3] = a3Re + b3Re;
    into[w3 + 1] = a3Im + b3Im;
    into[w4] = a0Re - b0Re;
    into[w4 + 1] = a0Im - b0Im;
    into[w5] = a1Re - b1Re;
    into[w5 + 1] = a1Im - b1Im;
    into[w6] = a2Re - b2Re;
    into[w6 + 1] = a2Im - b2Im;
    into[w7] = a3Re - b3Re;
    into[w7 + 1] = a3Im - b3Im;
  }
}
