/** Signals that come again and again; each is given by its value at a time in seconds. */
const TURN = 2 * Math.PI;

export function sine({ amplitude, frequency, phase }: { amplitude: number; frequency: number; phase: number }) {
  return (seconds: number): number => amplitude * Math.sin(TURN * (frequency * seconds + phase / 360));
}

/** @param amplitudes of each multiple of the frequency, from once on */
export function harmonics(frequency: number, amplitudes: readonly number[]) {
  return (seconds: number): number => {
    // Of a whole number of turns nothing is left: the sine stays exact after days.
    const turns = (frequency * seconds) % 1;
    return amplitudes.reduce((sum, amplitude, index) => sum + amplitude * Math.sin(TURN * (index + 1) * turns), 0);
  };
}

/** One level after the other, over and over. */
export function steps(levels: readonly { readonly level: number; readonly seconds: number }[]) {
  const whole = levels.reduce((sum, { seconds }) => sum + seconds, 0);
  return (seconds: number): number => {
    // A nanosecond late: times are sums of floating-point steps.
    let left = (seconds + 1e-9) % whole;
    for (const { level, seconds: lasts } of levels) {
      if (left < lasts) return level;
      left -= lasts;
    }
    return levels.at(-1)?.level ?? NaN;
  };
}
