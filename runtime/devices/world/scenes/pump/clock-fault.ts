/** Minutes by which a clock that jumps is off, one after the other, with the right time between them. */
const OFF = [60, -10, 5, -120];
/** It stays so for so many seconds. */
const STAYS = 20;

/**
 * By how many ms the readings of a board with a broken clock are misdated.
 *
 * @param seconds since it broke
 */
export function clockOffAt(seconds: number): number {
  const piece = Math.floor(Math.max(0, seconds) / STAYS);
  return piece % 2 === 1 ? 0 : (OFF[(piece / 2) % OFF.length] ?? 0) * 60_000;
}
