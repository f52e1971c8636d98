/** A recording, played at a rate; between two rows the first one holds, as it was recorded. */
export function replay(values: Float64Array, rate: number, loops: boolean) {
  return (seconds: number): number => {
    // A nanosecond late: times are sums of floating-point steps.
    const row = Math.floor((seconds + 1e-9) * rate);
    return values[loops ? row % values.length : row] ?? NaN;
  };
}
