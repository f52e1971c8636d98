/**
 * Where an alias was before: its moves as a way there and back. A move to where it came from is a step back, not a further one,
 * so that who goes back twice does not stand where the trouble began.
 *
 * @param stops where the alias was, oldest first; the last is where it is
 * @returns where it was before it came to where it is; undefined where nothing is known before that
 *
 * @example
 * stopBefore(['1.0.0', '1.1.0']); // '1.0.0'
 * stopBefore(['1.0.0', '1.1.0', '1.0.0']); // undefined
 * stopBefore(['1.0.0', '1.1.0', '1.2.0', '1.1.0']); // '1.0.0'
 */
export function stopBefore(stops: readonly string[]): string | undefined {
  const way: string[] = [];
  for (const stop of stops) {
    if (stop === way.at(-1)) continue;
    if (stop === way.at(-2)) way.pop();
    else way.push(stop);
  }
  return way.at(-2);
}
