import type { DriftFeature, DriftShape } from '../../messages/index.ts';
import { axisEnds, percent, plain, shortened } from './format.ts';
import { element, type Markup, NOTHING, text, together } from './markup.ts';

/** Of one picture among many, in its own units. */
export const SHAPE_SIZE = { width: 150, height: 66 } as const;
const PLOT = { left: 2, right: 148, top: 3, bottom: 45 } as const;
/** Rows of categories that have room; further ones are one row. */
const ROWS = 4;
const NAME = { width: 52, signs: 8 } as const;

/**
 * Reference beside current, of one feature: what was normal is an area, what is now a line around no area, so that they
 * can be told apart without colour.
 *
 * @returns SVG without colours of its own; undefined where there is nothing to draw
 */
export function drawShape({ name, shape, moved, drifting }: DriftFeature): Markup | undefined {
  if (!shape) return undefined;
  const drawn = shape.of === 'number' ? numbers(shape, drifting ? moved : undefined) : categories(shape);
  if (!drawn) return undefined;
  const { width, height } = SHAPE_SIZE;
  return element(
    'svg',
    { class: 'millrace-shape', viewBox: `0 0 ${width} ${height}`, role: 'img', 'font-size': 10, fill: 'currentColor' },
    element('title', {}, text(`${plain(name)}: reference and now`)),
    element('desc', {}, text(shapeWords(shape))),
    drawn,
  );
}

/** The same in words, for who cannot see it. */
export function shapeWords(shape: DriftShape): string {
  if (shape.of === 'category') {
    const said = rowsOf(shape).map(
      ({ name, reference, current }) => `${name}: ${percent(reference)} in the reference, ${percent(current)} now`,
    );
    return said.join('; ') || 'no values';
  }
  const most = (shares: readonly number[]) => {
    const index = shares.indexOf(Math.max(...shares.map(share)));
    const [low = NaN, high = NaN] = shape.edges.slice(index, index + 2);
    return axisEnds(low, high).join(' to ');
  };
  if (binsOf(shape).length === 0) return 'no values';
  return `most values were ${most(shape.reference)} in the reference and are ${most(shape.current)} now`;
}

const share = (value: number | undefined) => (value !== undefined && value > 0 && Number.isFinite(value) ? value : 0);
const at = (value: number) => Number(value.toFixed(1));

interface Bin {
  /** Shares of the axis. */
  readonly from: number;
  readonly to: number;
  /** Shares of the highest. */
  readonly reference: number;
  readonly current: number;
}

/** Bins as they are drawn: in true widths, their areas being the shares. */
function binsOf({ edges, reference, current }: Extract<DriftShape, { of: 'number' }>): Bin[] {
  const amount = Math.min(edges.length - 1, reference.length, current.length);
  const [first = NaN, last = NaN] = [edges[0], edges[amount]];
  if (amount < 1) return [];
  const widths = Array.from({ length: amount }, (_, i) => (edges[i + 1] ?? NaN) - (edges[i] ?? NaN));
  // Where edges fall together there is no true width: the bins stand side by side.
  const true_ = widths.every((width) => width > 0 && Number.isFinite(width));
  const wide = (i: number) => (true_ ? (widths[i] ?? 1) / (last - first) : 1 / amount);
  const heights = (shares: readonly number[]) => widths.map((_, i) => share(shares[i]) / wide(i));
  const [was, is] = [heights(reference), heights(current)];
  const highest = Math.max(...was, ...is) || 1;
  let reached = 0;
  return widths.map((_, i) => {
    const from = reached;
    reached += wide(i);
    return { from, to: reached, reference: (was[i] ?? 0) / highest, current: (is[i] ?? 0) / highest };
  });
}

function numbers(shape: Extract<DriftShape, { of: 'number' }>, moved: DriftFeature['moved']): Markup | undefined {
  const bins = binsOf(shape);
  if (bins.length === 0) return undefined;
  const x = (part: number) => at(PLOT.left + part * (PLOT.right - PLOT.left));
  const y = (part: number) => at(PLOT.bottom - part * (PLOT.bottom - PLOT.top));
  const steps = (height: (bin: Bin) => number) =>
    bins.map((bin, i) => `${i === 0 ? '' : `H${x(bin.from)}`}V${y(height(bin))}H${x(bin.to)}`).join('');
  const around = (height: (bin: Bin) => number) => `M${x(0)} ${y(0)}${steps(height)}V${y(0)}`;
  const [low, high] = [shape.edges[0] ?? NaN, shape.edges[bins.length] ?? NaN];
  const place = (value: number) => x(Math.min(1, Math.max(0, (value - low) / (high - low))));
  const [lowest, highest] = axisEnds(low, high);
  return together(
    element('path', {
      ...{ class: 'millrace-shape-reference', d: `${around(({ reference }) => reference)}Z` },
      ...{ 'fill-opacity': 0.28 },
    }),
    element('path', { class: 'millrace-shape-axis', d: `M${x(0)} ${y(0)}H${x(1)}`, stroke: 'currentColor' }),
    element('path', {
      ...{ class: 'millrace-shape-current', d: around(({ current }) => current), fill: 'none' },
      ...{ stroke: 'currentColor', 'stroke-width': 1.5 },
    }),
    moved && Number.isFinite(place(moved.from)) && Number.isFinite(place(moved.to))
      ? shift(place(moved.from), place(moved.to))
      : NOTHING,
    element('text', { x: x(0), y: 62 }, text(lowest)),
    element('text', { x: x(1), y: 62, 'text-anchor': 'end' }, text(highest)),
  );
}

/** An arrow below the axis: from where the middle was to where it is. */
function shift(from: number, to: number): Markup {
  const [y, head] = [PLOT.bottom + 4, to < from ? 3 : -3];
  if (Math.abs(to - from) < 4) return NOTHING;
  return element('path', {
    class: 'millrace-shape-shift',
    d: `M${from} ${y - 2}V${y + 2}M${from} ${y}H${to}M${at(to + head)} ${y - 2.5}L${to} ${y}L${at(to + head)} ${y + 2.5}`,
    ...{ fill: 'none', stroke: 'currentColor' },
  });
}

interface Row {
  readonly name: string;
  readonly reference: number;
  readonly current: number;
}

/** The commonest categories in their own order, and all others as one. */
function rowsOf({ categories: names, reference, current }: Extract<DriftShape, { of: 'category' }>): Row[] {
  const all = names.map((name, i) => ({ name, reference: share(reference[i]), current: share(current[i]) }));
  if (all.length <= ROWS) return all;
  const weight = (row: Row) => Math.max(row.reference, row.current);
  const shown = new Set([...all].sort((a, b) => weight(b) - weight(a)).slice(0, ROWS - 1));
  const others = all.filter((row) => !shown.has(row));
  const sum = (of: (row: Row) => number) =>
    Math.min(
      1,
      others.reduce((total, row) => total + of(row), 0),
    );
  return [
    ...all.filter((row) => shown.has(row)),
    { name: `${others.length} others`, reference: sum((row) => row.reference), current: sum((row) => row.current) },
  ];
}

function categories(shape: Extract<DriftShape, { of: 'category' }>): Markup | undefined {
  const rows = rowsOf(shape);
  if (rows.length === 0) return undefined;
  const height = SHAPE_SIZE.height / ROWS;
  const [left, room] = [NAME.width + 4, PLOT.right - NAME.width - 4];
  const wide = (part: number) => at(Math.min(1, part) * room);
  return together(
    ...rows.map(({ name, reference, current }, index) => {
      const top = at(index * height);
      return together(
        element(
          'text',
          { x: NAME.width, y: at(top + 11), 'text-anchor': 'end' },
          text(shortened(plain(name), NAME.signs)),
        ),
        element('rect', {
          ...{ class: 'millrace-shape-reference', x: left, y: at(top + 2), width: wide(reference), height: 6 },
          'fill-opacity': 0.28,
        }),
        element('rect', {
          ...{ class: 'millrace-shape-current', x: left, y: at(top + 9), width: wide(current), height: 4.5 },
          ...{ fill: 'none', stroke: 'currentColor', 'stroke-width': 1.5 },
        }),
      );
    }),
  );
}
