/** Changes to a list that leave the old one as it was. */

export function moved<T>(rows: readonly T[], from: number, to: number): T[] {
  const next = rows.filter((_, index) => index !== from);
  next.splice(to, 0, ...rows.slice(from, from + 1));
  return next;
}

export const replaced = <T>(rows: readonly T[], index: number, row: T): T[] =>
  rows.map((held, at) => (at === index ? row : held));

export const without = <T>(rows: readonly T[], index: number): T[] => rows.filter((_, at) => at !== index);
