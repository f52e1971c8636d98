/** Share of the windows that lie in the tail. */
const SHARE = 0.2;
/**
 * A power of the statistic falls off exponentially: 1 would suit a heavy tail, 2 that of a normal distribution. Between them
 * lies what was silent enough in all streams of `bench/drift` and still finds a shift of 1σ.
 */
const POWER = 1.5;
/** How much rarer than one in its windows an exceedance may be, for a reference to tell. */
export const REACH = 10;

/** How far windows of healthy data stray from their reference: the upper tail of a statistic, continued outwards. */
export interface Tail {
  /** Where it begins, and its mean excess: on the scale of the power. */
  readonly from: number;
  readonly scale: number;
  /** Share of the windows that lie in it. */
  readonly share: number;
  /** Of how many independent values it is made. */
  readonly weight: number;
  /** How many windows of the reference share no row. */
  readonly independent: number;
  /** How many windows, independent of one another, must lie out for an alarm. */
  readonly together: 1 | 2;
}

/**
 * The tail of a statistic from how far chunks of the healthy reference lie from the rest of it.
 *
 * A textbook threshold supposes independent rows. A window of a sensor that changes slowly shows a small part of the sensor's
 * range and lies far from the whole reference although nothing is wrong; its chunks do the same, so that the tail lies
 * further out with it. The largest chunk alone is no threshold: a monitor looks at far more windows than a reference has
 * chunks. So the upper fifth of the chunks is continued outwards, exponentially in statistic^1.5 (peaks over a threshold).
 *
 * @param statistics  of chunks at the window size in use, in any order
 * @param independent how many of them share no row
 * @param together    of how many windows an alarm is made that are independent of one another
 * @param overlap     what chunks that overlap say beyond those that do not
 * @see Davison and Smith (1990), Models for exceedances over high thresholds
 */
export function fitTail(statistics: Float64Array, independent: number, together: 1 | 2, overlap: number): Tail {
  const powers = statistics.map((value) => Math.max(0, value) ** POWER).sort();
  const count = Math.max(1, Math.round(SHARE * powers.length));
  const from = powers[powers.length - count - 1] ?? powers[0] ?? 0;
  let excess = 0;
  for (const power of powers.subarray(powers.length - count)) excess += power - from;
  const weight = Math.max(0.5, independent * SHARE * overlap);
  return { from, scale: excess / count, share: count / powers.length, weight, independent, together };
}

/**
 * How often an alarm's windows all lie beyond a value: what one does, to the power of their number, averaged over what the
 * scale may be in truth. It was measured on few chunks, and where it is larger than it seems, alarms come far more often:
 * so that what follows falls off more slowly than an exponential.
 *
 * @returns 1 in so many windows, as a share
 */
export function rateBeyond({ from, scale, share, weight, together }: Tail, value: number): number {
  const excess = Math.max(0, value) ** POWER - from;
  if (excess <= 0) return share ** together;
  return scale > 0 ? share ** together * (1 + (together * excess) / (weight * scale)) ** -weight : 0;
}

/** The value beyond which an alarm's windows lie at this rate. */
export function valueAt({ from, scale, share, weight, together }: Tail, rate: number): number {
  const excess = ((weight * scale) / together) * ((share ** together / rate) ** (1 / weight) - 1);
  return (from + Math.max(0, excess)) ** (1 / POWER);
}

/** Of so many healthy windows, one lies as far out. The reference can tell up to ten times the number of its own. */
export function oneIn({ from, scale, share, weight, independent }: Tail, value: number): number {
  const excess = Math.max(0, value) ** POWER - from;
  const most = REACH * independent;
  if (excess <= 0) return 1 / share;
  return scale > 0 ? Math.min(most, (1 + excess / (weight * scale)) ** weight / share) : most;
}
