/** At most so many of the rows, evenly spread: the same ones each time. */
export function some(rows: Int32Array, most: number): Int32Array {
  if (rows.length <= most) return rows;
  return Int32Array.from({ length: most }, (_, at) => rows[Math.floor((at * rows.length) / most)] as number);
}
