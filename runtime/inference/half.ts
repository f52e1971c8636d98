/**
 * 16-bit floating point (IEEE 754 binary16), which models of type `float16` take and give: as bits, because the typed
 * array for it exists only in newer runtimes than Millrace asks for.
 */

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/**
 * The nearest 16-bit float's bits, ties to even. What is larger than 65504 (and rounds up) becomes infinite.
 *
 * @example
 * toHalf(1); // 0x3c00
 * toHalf(-2); // 0xc000
 * toHalf(65504); // 0x7bff
 */
export function toHalf(value: number): number {
  single[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 16) & 0x8000;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // Halfway between the largest half, 65504, and what would follow it.
  if (magnitude >= 65520) return sign | 0x7c00;
  // Subnormal: a whole number of 2^-24.
  if (magnitude < 2 ** -14) return sign | roundEven(magnitude * 2 ** 24);
  const exponent = Math.floor(Math.log2(magnitude));
  // log2 may be off by one right beside a power of two.
  const exact = magnitude < 2 ** exponent ? exponent - 1 : magnitude >= 2 ** (exponent + 1) ? exponent + 1 : exponent;
  // A significand that rounds up to 2048 carries into the exponent by itself.
  return sign | (((exact + 14) << 10) + roundEven(magnitude * 2 ** (10 - exact)));
}

/**
 * The number that 16 bits stand for.
 *
 * @example
 * fromHalf(0x3555); // 0.333251953125
 */
export function fromHalf(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >>> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

// Products with powers of two are exact, so that this is the only rounding.
function roundEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
