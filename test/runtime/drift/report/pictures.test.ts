import { describe, expect, it } from 'vitest';
import { alarmsOf } from '../../../../runtime/drift/report/alarms.ts';
import { courseWords, drawCourse, placeOf } from '../../../../runtime/drift/report/course.ts';
import { drawShape, SHAPE_SIZE, shapeWords } from '../../../../runtime/drift/report/shape.ts';
import { timesIn } from '../../../../runtime/drift/report/times.ts';
import { course, event, HOUR, label, NOON, past, pressure, temperature } from './samples.ts';

const berlin = timesIn('Europe/Berlin');
const span = { times: berlin, from: NOON - 10 * HOUR, to: NOON, width: 400, events: past.events };
const pathsOf = (svg: string, name: string) =>
  [...svg.matchAll(new RegExp(`<path class="${name}" d="([^"]*)"`, 'g'))].map(([, d = '']) => d);
const numbersIn = (svg: string) =>
  [...svg.matchAll(/[ML] ?(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

describe('the course of a statistic', () => {
  it('goes from left to right in order of time, within the picture', () => {
    const shuffled = { ...course, times: course.times.toReversed(), values: course.values.toReversed() };
    for (const one of [course, shuffled]) {
      const points = numbersIn(pathsOf(drawCourse(one, span), 'millrace-course-line').join(''));
      expect(points.length).toBe(course.times.length);
      const xs = points.map(([x = NaN]) => x);
      expect(xs).toEqual(xs.toSorted((a, b) => a - b));
      expect(points.every(([x = NaN, y = NaN]) => x >= 0 && x <= 400 && y >= 0 && y <= 150)).toBe(true);
    }
  });

  it('marks an alarm where it lies in time, and says when it was', () => {
    const svg = drawCourse(course, span);
    const marks = pathsOf(svg, 'millrace-course-alarm').map((d) => Number(/^M([\d.]+)/.exec(d)?.[1]));
    expect(marks).toEqual([NOON - 9 * HOUR, NOON - 2 * HOUR].map((time) => placeOf(time, span)));
    // Two of ten hours before the end.
    const [left, right] = [placeOf(span.from, span), placeOf(span.to, span)];
    expect(marks[1]).toBeCloseTo(left + 0.8 * (right - left), 0);
    expect(svg).toContain('alarm 13:00');
    expect(courseWords(course, span)).toContain('alarm at 21 Nov 2026, 13:00');
  });

  it('lays the threshold above what is as usual, and below the drift', () => {
    const svg = drawCourse(course, span);
    const height = (name: string) => numbersIn(pathsOf(svg, name).join('')).map(([, y = NaN]) => y);
    const [threshold = NaN] = height('millrace-course-threshold');
    const line = height('millrace-course-line');
    expect(line[0]).toBeGreaterThan(threshold);
    expect(line.at(-1)).toBeLessThan(threshold);
  });

  it('marks alarms of other features of the question without their name, and none of other questions', () => {
    expect(drawCourse({ ...course, name: 'pressure' }, span)).not.toContain('alarm 13:00');
    expect(pathsOf(drawCourse({ ...course, name: 'pressure' }, span), 'millrace-course-alarm')).toHaveLength(2);
    expect(pathsOf(drawCourse({ ...course, kind: 'prediction' }, span), 'millrace-course-alarm')).toEqual([]);
  });

  it('breaks off where nothing was compared', () => {
    const pause = course.times.map((time, i) => (i < 100 ? time - 5 * HOUR : time));
    const wide = { ...span, from: NOON - 15 * HOUR };
    expect(pathsOf(drawCourse({ ...course, times: pause }, wide), 'millrace-course-line')).toHaveLength(2);
  });

  it('draws nothing, one point, NaN and infinities as what they are', () => {
    const none = drawCourse({ ...course, times: [], values: [], thresholds: [] }, span);
    expect(none).toContain('nothing kept of this time');
    const one = drawCourse({ ...course, times: [NOON], values: [0.5], thresholds: [1] }, span);
    expect(one).toMatch(/<circle class="millrace-course-point" cx="392"/);
    const broken = { ...course, values: course.values.map((value, i) => [NaN, Infinity, -1, value][i % 4] ?? value) };
    for (const svg of [none, one, drawCourse(broken, span), drawCourse(course, { ...span, from: NOON })]) {
      expect(svg).not.toMatch(/NaN|Infinity|undefined/);
    }
  });
});

describe('alarms', () => {
  const [from, to] = [NOON - 3 * HOUR, NOON];

  it('that began before what is drawn reach into it, and those that ended before do not', () => {
    expect(alarmsOf(course, [event(from - HOUR, 'start'), event(from + HOUR, 'end')], from, to)).toEqual([
      { own: true, end: from + HOUR },
    ]);
    expect(alarmsOf(course, [event(from - HOUR, 'start'), event(from - 1, 'end')], from, to)).toEqual([]);
    expect(alarmsOf(course, [event(from - HOUR, 'start')], from, to)).toEqual([{ own: true }]);
  });

  it('belong to a feature as soon as the drift has spread to it', () => {
    const spread = [event(from, 'start', [{ ...temperature, name: 'other' }]), event(from + 1, 'change')];
    expect(alarmsOf(course, spread, from, to)).toEqual([{ start: from, own: true }]);
  });
});

describe('reference beside now', () => {
  it('is drawn as an area and as a line, and told in words', () => {
    const svg = drawShape(temperature) ?? '';
    expect(pathsOf(svg, 'millrace-shape-reference')).toHaveLength(1);
    expect(pathsOf(svg, 'millrace-shape-current')).toHaveLength(1);
    // Where the middle was and is.
    expect(pathsOf(svg, 'millrace-shape-shift')).toHaveLength(1);
    expect(svg).toMatch(/<title>mean temperature: reference and now<\/title><desc>most values were 19 to 21 in/);
    expect(pathsOf(drawShape(pressure) ?? '', 'millrace-shape-shift')).toEqual([]);
  });

  it('stays within its frame, whatever the values', () => {
    const { shape } = temperature;
    const shapes = [
      { ...shape, current: shape.current.map(() => NaN) },
      { ...shape, current: shape.current.map(() => 0), reference: shape.reference.map(() => 0) },
      { ...shape, edges: shape.edges.map(() => 21) },
      { ...shape, edges: shape.edges.map((edge, i) => (i === 3 ? Infinity : edge)) },
      { ...shape, edges: shape.edges.map((edge) => edge ** 3) },
    ];
    for (const one of shapes) {
      const svg = drawShape({ ...temperature, shape: one }) ?? '';
      expect(svg).not.toMatch(/NaN|undefined/);
      for (const [, axis, at] of svg.matchAll(/([HV])(-?[\d.]+)/g)) {
        expect(Number(at)).toBeGreaterThanOrEqual(0);
        expect(Number(at)).toBeLessThanOrEqual(axis === 'H' ? SHAPE_SIZE.width : SHAPE_SIZE.height);
      }
    }
    expect(drawShape({ ...temperature, shape: { ...shape, edges: [], reference: [], current: [] } })).toBeUndefined();
    const { shape: _, ...without } = temperature;
    expect(drawShape(without)).toBeUndefined();
  });

  it('keeps the areas of bins of different widths', () => {
    const uneven = { of: 'number' as const, edges: [0, 1, 4], reference: [0.25, 0.75], current: [0.25, 0.75] };
    // A quarter in one unit is as dense as three quarters in three.
    const [d = ''] = pathsOf(drawShape({ ...pressure, shape: uneven }) ?? '', 'millrace-shape-current');
    const heights = [...d.matchAll(/V([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights[0]).toBe(heights[1]);
  });

  it('shows the commonest categories, and the others as one', () => {
    const svg = drawShape(label) ?? '';
    for (const name of ['healthy', 'worn', 'blocked', '3 others']) expect(svg).toContain(`>${name}</text>`);
    expect(shapeWords(label.shape)).toContain('worn: 10 % in the reference, 50 % now');
  });
});

describe('names that somebody wrote', () => {
  const name = `<img src=x onerror="alert('1')">&\u0000 ${'long '.repeat(100)}`;

  it('stay text in every picture', () => {
    const categories = { ...label.shape, categories: [name, name, name, name, name, name] };
    for (const svg of [
      drawShape({ ...temperature, name }),
      drawShape({ ...label, shape: categories }),
      drawCourse({ ...course, name, statistic: name }, span),
    ]) {
      expect(svg).not.toMatch(/<img|onerror="/);
      expect(svg).not.toContain('\u0000');
      expect(svg).toContain('&lt;img');
    }
  });

  it('that are long take no more room than others', () => {
    const categories = { ...label.shape, categories: ['x'.repeat(500), 'b'], reference: [0.5, 0.5], current: [1, 0] };
    const svg = drawShape({ ...label, shape: categories }) ?? '';
    const written = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words = '']) => words.length);
    expect(Math.max(...written)).toBeLessThanOrEqual(10);
  });
});

describe('the marks of a time axis', () => {
  it('are round moments of the zone, few enough to be read, in order', () => {
    for (const length of [
      5_000,
      60_000,
      HOUR,
      10 * HOUR,
      24 * HOUR,
      7 * 24 * HOUR,
      400 * 24 * HOUR,
      4000 * 24 * HOUR,
    ]) {
      const marks = berlin.marks(NOON - length, NOON, 5);
      expect(marks.length, String(length)).toBeGreaterThan(0);
      expect(marks.length, String(length)).toBeLessThanOrEqual(6);
      const at = marks.map(({ time }) => time);
      expect(at).toEqual(at.toSorted((a, b) => a - b));
      expect(at.every((time) => time >= NOON - length && time <= NOON)).toBe(true);
    }
    const labels = timesIn('Asia/Kolkata')
      .marks(NOON - 24 * HOUR, NOON, 5)
      .map((mark) => mark.label);
    expect(labels).toEqual(['21 Nov', '06:00', '12:00', '18:00']);
    expect(berlin.marks(NOON, NOON, 5)).toEqual([]);
    expect(berlin.marks(NaN, NOON, 5)).toEqual([]);
  });

  it('stand at full hours also over a change to summer time', () => {
    const marks = berlin.marks(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22), 8);
    expect(marks.map((mark) => mark.label)).toEqual(expect.arrayContaining(['06:00', '12:00', '18:00']));
  });

  it('are those of this machine where a zone is not known', () => {
    expect(timesIn('Middle/Earth').zone).toBe(timesIn().zone);
  });
});
