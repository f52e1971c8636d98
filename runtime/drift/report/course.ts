import type { DriftCourse, DriftEvent } from '../../messages/index.ts';
import { amount, figure, plain } from './format.ts';
import { type Alarm, alarmsOf } from './alarms.ts';
import { type Point, pointsOf, runs } from './course-points.ts';
import { element, type Markup, NOTHING, text, together } from './markup.ts';
import type { Times } from './times.ts';

export interface CourseOptions {
  readonly times: Times;
  /** The span that is drawn, ms since the epoch. */
  readonly from: number;
  readonly to: number;
  /** In pixels, so that the writing is as large as the rest of the page. Default 320. */
  readonly width?: number;
  /** Alarms of this question are marked. */
  readonly events?: readonly DriftEvent[];
}

const HEIGHT = 150;
const EDGE = { left: 38, right: 8, top: 22, bottom: 20 } as const;
/** A time axis has a mark about so often, px. */
const APART = 64;
/** Wide enough for "alarm 21 Nov 14:05", px. */
const LABEL = 60;
/** Where a moment lies on the time axis, px; what is outside the span lies at its ends. */
export function placeOf(time: number, { from, to, width = 320 }: Pick<CourseOptions, 'from' | 'to' | 'width'>): number {
  const share = to > from ? (time - from) / (to - from) : 0.5;
  return Number((EDGE.left + Math.min(1, Math.max(0, share)) * (width - EDGE.left - EDGE.right)).toFixed(1));
}

/**
 * A feature's statistic over time. Below its threshold lies a band: in it all is well. Each alarm has its moment marked.
 *
 * @returns SVG without colours of its own
 */
export function drawCourse(course: DriftCourse, options: CourseOptions): Markup {
  const { times, from, to, width = 320, events = [] } = options;
  const points = pointsOf(course, from, to);
  const alarms = alarmsOf(course, events, from, to);
  const highest = Math.max(0, ...points.flatMap(({ value, threshold }) => [value, threshold])) * 1.08 || 1;
  const bottom = HEIGHT - EDGE.bottom;
  const x = (time: number) => placeOf(time, options);
  const y = (value: number) => Number((bottom - (Math.max(0, value) / highest) * (bottom - EDGE.top)).toFixed(1));
  const threshold = points.at(-1)?.threshold;
  return element(
    'svg',
    {
      ...{ class: 'millrace-course', viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img', fill: 'currentColor' },
      'font-size': 10,
    },
    element('title', {}, text(`${plain(course.name)}: ${course.statistic} over time`)),
    element('desc', {}, text(courseWords(course, options))),
    ...alarms
      .filter(({ own }) => own)
      .map(({ start, end }) =>
        element('rect', {
          ...{ class: 'millrace-course-drift', x: x(start ?? from), y: EDGE.top, height: bottom - EDGE.top },
          ...{ width: Number((x(end ?? to) - x(start ?? from)).toFixed(1)), 'fill-opacity': 0.1 },
        }),
      ),
    band(points, x, y),
    element('path', {
      ...{ class: 'millrace-course-axes', d: `M${EDGE.left} ${EDGE.top}V${bottom}H${width - EDGE.right}` },
      ...{ fill: 'none', stroke: 'currentColor', 'stroke-opacity': 0.5 },
    }),
    ...times
      .marks(from, to, Math.floor((width - EDGE.left - EDGE.right) / APART))
      .map(({ time, label }) => mark(x(time), label, width)),
    line(points, x, y),
    ...labelled(alarms, x, width, times),
    element('text', { x: EDGE.left - 4, y: bottom + 1, 'text-anchor': 'end' }, text('0')),
    threshold === undefined
      ? NOTHING
      : element('text', { x: EDGE.left - 4, y: y(threshold) + 3, 'text-anchor': 'end' }, text(figure(threshold))),
    points.length > 0
      ? NOTHING
      : element(
          'text',
          { x: (EDGE.left + width) / 2, y: HEIGHT / 2, 'text-anchor': 'middle' },
          text('nothing kept of this time'),
        ),
  );
}

/** The same in words, for who cannot see it. */
export function courseWords(course: DriftCourse, { times, from, to, events = [] }: CourseOptions): string {
  const points = pointsOf(course, from, to);
  const last = points.at(-1);
  if (!last) return 'nothing was compared in this time';
  const above = points.filter(({ value, threshold }) => value > threshold).length;
  const highest = points.reduce((most, point) => (point.value > most.value ? point : most), last);
  return [
    `${amount(points.length, 'point')} from ${times.full(from)} to ${times.full(to)}`,
    `highest ${figure(highest.value)} at ${times.full(highest.time)}, last ${figure(last.value)}`,
    `threshold ${figure(last.threshold)}, ${above === 0 ? 'never crossed' : `crossed in ${amount(above, 'comparison')}`}`,
    ...alarmsOf(course, events, from, to).flatMap(({ start }) =>
      start === undefined ? [] : [`alarm at ${times.full(start)}`],
    ),
  ].join('; ');
}

type Scale = (value: number) => number;

const path = (points: readonly Point[], x: Scale, y: Scale, of: (point: Point) => number) =>
  points.map((point, i) => `${i === 0 ? 'M' : 'L'}${x(point.time)} ${y(of(point))}`).join('');

/** All that lies below the threshold, and the threshold. */
function band(points: readonly Point[], x: Scale, y: Scale): Markup {
  return together(
    ...runs(points).map((run) => {
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last) return NOTHING;
      const upper = path(run, x, y, ({ threshold }) => threshold);
      return together(
        element('path', {
          ...{ class: 'millrace-course-band', 'fill-opacity': 0.1 },
          d: `${upper}V${y(0)}H${x(first.time)}Z`,
        }),
        element('path', {
          ...{ class: 'millrace-course-threshold', d: run.length === 1 ? `${upper}h0.1` : upper, fill: 'none' },
          ...{ stroke: 'currentColor', 'stroke-dasharray': '4 3' },
        }),
      );
    }),
  );
}

/** The statistic; a lone point is a dot. */
function line(points: readonly Point[], x: Scale, y: Scale): Markup {
  return together(
    ...runs(points).map((run) => {
      const [only] = run;
      if (run.length === 1 && only)
        return element('circle', { class: 'millrace-course-point', cx: x(only.time), cy: y(only.value), r: 2 });
      return element('path', {
        ...{ class: 'millrace-course-line', d: path(run, x, y, ({ value }) => value), fill: 'none' },
        ...{ stroke: 'currentColor', 'stroke-width': 1.5, 'stroke-linejoin': 'round' },
      });
    }),
  );
}

function mark(x: number, label: string, width: number): Markup {
  const y = HEIGHT - EDGE.bottom;
  const anchor = x > width - 24 ? 'end' : 'middle';
  return together(
    element('path', {
      class: 'millrace-course-axes',
      d: `M${x} ${y}v4`,
      stroke: 'currentColor',
      'stroke-opacity': 0.5,
    }),
    element('text', { class: 'millrace-course-time', x, y: y + 15, 'text-anchor': anchor }, text(label)),
  );
}

/** The moments of alarm; those that have room are written on. */
function labelled(alarms: readonly Alarm[], x: Scale, width: number, times: Times): Markup[] {
  let reached = -Infinity;
  return alarms.flatMap(({ start, own }) => {
    if (start === undefined) return [];
    const place = x(start);
    const left = Math.min(place, width - LABEL);
    const free = own && left > reached;
    if (free) reached = left + LABEL;
    return [
      element('path', {
        ...{ class: 'millrace-course-alarm', d: `M${place} ${EDGE.top - 6}V${HEIGHT - EDGE.bottom}` },
        ...{ stroke: 'currentColor', 'stroke-width': own ? 1.5 : 1, 'stroke-dasharray': own ? undefined : '2 2' },
      }),
      element('path', {
        class: 'millrace-course-flag',
        d: `M${place} ${EDGE.top - 8}l-4 -6h8z`,
      }),
      free
        ? element(
            'text',
            {
              class: 'millrace-course-flag',
              x: Math.min(place + 6, width),
              y: EDGE.top - 9,
              'text-anchor': place > width - LABEL ? 'end' : 'start',
              ...(place > width - LABEL && { dx: -12 }),
            },
            text(`alarm ${times.clock(start)}`),
          )
        : NOTHING,
    ];
  });
}
