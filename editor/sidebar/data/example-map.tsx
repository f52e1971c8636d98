import { useMemo } from 'preact/hooks';
import type { DataSetRow, TruthLabel } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS, labelText, rangeOfLabels } from '../../look/data-words.ts';
import { percent } from '../../look/numbers.ts';
import { Notice } from '../notice.tsx';
import { indexOf, labelColour } from '../../look/label-colours.ts';
import type { DataSets } from './data-sets.ts';
import { type Dot, dotsOf, MAP, nearest, shapePath } from './drawing.ts';
import { useLoaded } from './use-loaded.ts';

interface ExampleMapProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  readonly state: string;
  readonly shown: number | undefined;
  show(example: number): void;
}

const RADIUS = 3.2;
/** So near must a click be, in units of the drawing. */
const NEAR = 14;
/** A regression's labels are drawn in so many shades. */
const SHADES = 5;

/** The examples in two dimensions: a colour and a shape a label. A click, or the arrow keys, show an example. */
export function ExampleMap({ row, dataSets, state, shown, show }: ExampleMapProps) {
  const { value: map, trouble } = useLoaded(() => dataSets.map(row.name), row.name, state, 3_000);
  const dots = useMemo(() => (map ? dotsOf(map) : []), [map]);
  const groups = useMemo(() => groupsOf(dots, row.name, rangeOfLabels(row.labels) !== undefined), [dots, row]);
  if (trouble) return <Notice trouble={trouble} />;
  if (!map || dots.length === 0) return null;

  const index = dots.findIndex(({ id }) => id === shown);
  const chosen = dots[index];
  const go = (to: number) => {
    const dot = dots[Math.max(0, Math.min(dots.length - 1, to))];
    if (dot) show(dot.id);
  };
  const onKey = (event: KeyboardEvent) => {
    const to = {
      ...{ ArrowRight: index + 1, ArrowUp: index + 1, ArrowLeft: index - 1, ArrowDown: index - 1 },
      ...{ Home: 0, End: dots.length - 1, PageUp: index + 10, PageDown: index - 10 },
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    go(to);
  };
  const onClick = (event: MouseEvent & { readonly currentTarget: SVGSVGElement }) => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * MAP.width;
    const y = ((event.clientY - box.top) / box.height) * MAP.height;
    const dot = nearest(dots, x, y, NEAR);
    if (dot) show(dot.id);
  };
  const [first, second] = map.shares;
  return (
    <section class="millrace-map">
      <h5>{WORDS.map}</h5>
      <svg
        viewBox={`0 0 ${MAP.width} ${MAP.height}`}
        tabindex={0}
        role="slider"
        aria-label={WORDS.mapLabel}
        aria-valuemin={0}
        aria-valuemax={dots.length - 1}
        aria-valuenow={Math.max(0, index)}
        aria-valuetext={chosen ? WORDS.dot(labelText(chosen.label), chosen.id) : ''}
        onClick={onClick}
        onKeyDown={onKey}
      >
        {groups.map(({ key, colour, path, hollow }) => (
          <path
            key={key}
            d={path}
            style={hollow ? { fill: 'none', stroke: colour } : { fill: colour }}
            class="millrace-dots"
          />
        ))}
        {chosen && <circle class="millrace-dot-chosen" cx={chosen.x} cy={chosen.y} r={7} />}
      </svg>
      <ul class="millrace-legend" aria-hidden="true">
        {groups.map(({ key, label, colour, shape, hollow }) => (
          <li key={key}>
            <svg viewBox="-6 -6 12 12" width="12" height="12">
              <path
                d={shapePath(shape, [{ x: 0, y: 0 }], 4)}
                style={hollow ? { fill: 'none', stroke: colour } : { fill: colour }}
              />
            </svg>{' '}
            {label}
          </li>
        ))}
      </ul>
      <p class="millrace-quiet">
        {first + second > 0 ? WORDS.mapHint : WORDS.mapSame}{' '}
        {first + second > 0 && WORDS.mapShare(percent(Math.min(1, first + second)))}{' '}
        {map.examples > dots.length && WORDS.mapPart(dots.length, map.examples)}
      </p>
    </section>
  );
}

interface Group {
  readonly key: string;
  readonly label: string;
  readonly colour: string;
  readonly shape: number;
  readonly hollow: boolean;
  readonly path: string;
}

/** One path a label: a thousand elements would make the sidebar slow. */
function groupsOf(dots: readonly Dot[], dataSet: string, values: boolean): Group[] {
  const labels = [...new Set(dots.map(({ label }) => label))].sort(byName);
  const numbers = labels.filter((label) => typeof label === 'number');
  const shaded = values && numbers.length > SHADES + 1;
  const made = labels
    .filter((label) => !(shaded && typeof label === 'number'))
    .map((label) => {
      const shape = label === null ? 0 : indexOf(dataSet, label);
      const own = dots.filter((dot) => dot.label === label);
      return {
        ...{ key: String(label), label: labelText(label), colour: labelColour(dataSet, label), shape },
        ...{ hollow: label === null, path: shapePath(shape, own, RADIUS) },
      };
    });
  return shaded ? [...made, ...shadesOf(dots, numbers)] : made;
}

/** Numbers from low to high as shades from one colour to another. */
function shadesOf(dots: readonly Dot[], values: readonly number[]): Group[] {
  const [low, high] = [values[0] ?? 0, values.at(-1) ?? 1];
  const step = (high - low) / SHADES || 1;
  return Array.from({ length: SHADES }, (_, index) => {
    const [from, to] = [low + index * step, low + (index + 1) * step];
    const own = dots.filter(({ label }) => {
      return typeof label === 'number' && Math.min(SHADES - 1, Math.floor((label - low) / step)) === index;
    });
    const colour = `color-mix(in oklab, var(--millrace-series-2) ${(index / (SHADES - 1)) * 100}%, var(--millrace-series-3))`;
    const label = `${labelText(from)} – ${labelText(to)}`;
    return { key: `shade ${index}`, label, colour, shape: 0, hollow: false, path: shapePath(0, own, RADIUS) };
  });
}

function byName(a: TruthLabel | null, b: TruthLabel | null): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b));
}
