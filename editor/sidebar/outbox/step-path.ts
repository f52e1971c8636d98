/**
 * An SVG path of steps: a value holds until the next point. The newest point stands at the right end, what is older than `span`
 * begins at the left.
 *
 * @example stepPath([[0, 0], [50, 2], [100, 1]], 100, 2, { width: 10, height: 4 }); // 'M0.0 4.0H5.0V0.0H10.0V2.0'
 */
export function stepPath(
  points: readonly (readonly [number, number])[],
  span: number,
  most: number,
  { width, height }: { readonly width: number; readonly height: number },
): string {
  const newest = points.at(-1)?.[0] ?? 0;
  const x = (time: number) => Math.max(0, width - ((newest - time) / span) * width).toFixed(1);
  const y = (value: number) => (height - (value / most) * height).toFixed(1);
  const [first, ...rest] = points;
  if (!first) return `M0.0 ${height.toFixed(1)}H${width.toFixed(1)}`;
  return rest.reduce((path, [time, value]) => `${path}H${x(time)}V${y(value)}`, `M${x(first[0])} ${y(first[1])}`);
}
