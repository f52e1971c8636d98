import type { ComponentChildren } from 'preact';

/** The frame of the drawings, and where a share of each axis lies in it. */
export const PLOT = { width: 300, height: 190, left: 34, right: 8, top: 8, bottom: 30 } as const;
const inner = { width: PLOT.width - PLOT.left - PLOT.right, height: PLOT.height - PLOT.top - PLOT.bottom };

export const atX = (share: number): number => PLOT.left + share * inner.width;
export const atY = (share: number): number => PLOT.top + (1 - share) * inner.height;

/** A line through points whose coordinates are shares of the axes. */
export const line = (points: readonly { readonly x: number; readonly y: number }[]): string =>
  points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${atX(x).toFixed(1)} ${atY(y).toFixed(1)}`).join('');

interface PlotProps {
  /** Read aloud: what is drawn. */
  readonly label: string;
  readonly x: string;
  readonly y: string;
  /** At the ends of the axes. */
  readonly ends?: { readonly x: readonly [string, string]; readonly y: readonly [string, string] };
  /** Draws the line on which x and y are the same. */
  readonly diagonal?: 'rising' | 'none';
  readonly children: ComponentChildren;
}

const SHARES = { x: ['0', '1'], y: ['0', '1'] } as const;

/** Axes with their names; what is drawn in them comes as children. */
export function Plot({ label, x, y, ends = SHARES, diagonal = 'none', children }: PlotProps) {
  const { width, height, left, bottom } = PLOT;
  return (
    <svg class="millrace-plot" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <path class="millrace-plot-axes" d={`M${atX(0)} ${atY(1)}V${atY(0)}H${atX(1)}`} />
      {diagonal === 'rising' && <path class="millrace-plot-diagonal" d={`M${atX(0)} ${atY(0)}L${atX(1)} ${atY(1)}`} />}
      <text x={atX(0)} y={height - bottom + 12} text-anchor="start">
        {ends.x[0]}
      </text>
      <text x={atX(1)} y={height - bottom + 12} text-anchor="end">
        {ends.x[1]}
      </text>
      <text x={left - 4} y={atY(0)} text-anchor="end">
        {ends.y[0]}
      </text>
      <text x={left - 4} y={atY(1) + 8} text-anchor="end">
        {ends.y[1]}
      </text>
      <text x={atX(0.5)} y={height - 4} text-anchor="middle">
        {x}
      </text>
      <text x={10} y={atY(0.5)} text-anchor="middle" transform={`rotate(-90 10 ${atY(0.5)})`}>
        {y}
      </text>
      {children}
    </svg>
  );
}
