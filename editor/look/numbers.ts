/** About three significant digits, without an exponent where people write none: `0.012`, `12.3`, `1,024`. */
export function number(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || (size > 0 && size < 1e-3)) return signed(value.toExponential(1).replace('e+', 'e'));
  if (size >= 1000) return Math.round(value).toLocaleString('en');
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return signed(value.toFixed(digits));
}

/** With a true minus sign, and none before zero. */
const signed = (text: string) => text.replace(/^-(0(\.0*)?)$/, '$1').replace('-', '−');

/** The ends of an axis, with as many digits as tell them apart. */
export function axisEnds(low: number, high: number): [string, string] {
  const range = high - low;
  if (!Number.isFinite(range) || range <= 0) return [number(low), number(high)];
  if (Math.max(Math.abs(low), Math.abs(high)) >= 1e5) return [number(low), number(high)];
  const whole = Number.isInteger(low) && Number.isInteger(high);
  const digits = whole ? 0 : Math.min(5, Math.max(0, 1 - Math.floor(Math.log10(range))));
  return [signed(low.toFixed(digits)), signed(high.toFixed(digits))];
}

/** A share in whole percent; only certainty is 100 %, only impossibility 0 %. */
export function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 0.9995) return '99 %';
  if (rounded === 0 && share > 0.0005) return '<1 %';
  return `${rounded} %`;
}

/** A length of time in words: `0.4 ms`, `12 s`, `5 min`, `3 h`, `2 days`. */
export function duration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const s = ms / 1000;
  if (s < 90) return `${Math.round(s)} s`;
  if (s < 90 * 60) return `${Math.round(s / 60)} min`;
  if (s < 36 * 3600) return `${Math.round(s / 3600)} h`;
  return `${Math.round(s / 86_400)} days`;
}

export const count = (value: number): string => Math.round(value).toLocaleString('en');

/** A short time: `3.2 µs`, `140 µs`, `1.2 ms`. */
export function microseconds(us: number): string {
  if (!Number.isFinite(us)) return '–';
  if (us >= 1000) return duration(us / 1000);
  return `${us < 10 ? us.toFixed(1) : Math.round(us)} µs`;
}

/** `512 B`, `4.1 kB`, `12 MB` */
export function bytes(amount: number): string {
  if (amount < 1000) return `${Math.round(amount)} B`;
  const [value, unit] = amount < 1e6 ? [amount / 1e3, 'kB'] : [amount / 1e6, 'MB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}
