import { BOARD_WORDS } from '../../look/board-words.ts';

/** From the middle of one lamp to that of the next. */
const STEP = 10;
const RADIUS = 3.6;

/** A matrix of lamps as it shines. @param rows such as `#..#`, a lit lamp `#` */
export function Dots({ rows }: { readonly rows: readonly string[] }) {
  const lamps = rows.flatMap((row, y) => [...row].map((lamp, x) => ({ x, y, lit: lamp === '#' })));
  const lit = lamps.filter((lamp) => lamp.lit).length;
  const [width, height] = [(rows[0]?.length ?? 0) * STEP, rows.length * STEP];
  return (
    <svg
      class="millrace-matrix"
      viewBox={`0 0 ${width} ${height}`}
      style={{ maxWidth: `${width}px` }}
      role="img"
      aria-label={BOARD_WORDS.dots(lit, lamps.length)}
    >
      {lamps.map(({ x, y, lit: on }) => (
        <circle
          key={`${x} ${y}`}
          class={on ? 'millrace-matrix-lamp millrace-matrix-lit' : 'millrace-matrix-lamp'}
          {...{ cx: (x + 0.5) * STEP, cy: (y + 0.5) * STEP, r: RADIUS }}
        />
      ))}
    </svg>
  );
}
