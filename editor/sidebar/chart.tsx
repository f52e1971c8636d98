import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { extent } from '../canvas/sparkline.ts';
import { chartSpan } from '../live/history.ts';
import { SPAN } from '../live/store.ts';
import { axisEnds } from '../look/numbers.ts';
import { cssColour, onThemeChange, seriesColour } from '../look/theme.ts';

interface ChartProps<T> {
  readonly points: readonly { readonly time: number; readonly value: T }[];
  /** One line; or three: the line and the lower and upper edge of the band around it. */
  readonly lines: readonly [(value: T) => number] | readonly [Read<T>, Read<T>, Read<T>];
  readonly height: number;
  /** Which series colour. Default 0. */
  readonly colour?: number;
  /** The values start at 0 and the area under the line is filled: amounts, not measurements. */
  readonly amount?: boolean;
}

type Read<T> = (value: T) => number;

/** The last half minute as a line that moves to the left, in the colours of the theme. */
export function Chart<T>({ points, lines, height, colour = 0, amount = false }: ChartProps<T>) {
  const place = useRef<HTMLDivElement>(null);
  const span = useRef(SPAN);
  span.current = chartSpan(points, SPAN);
  const plot = useRef<uPlot | undefined>(undefined);

  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    const make = () => {
      plot.current?.destroy();
      plot.current = new uPlot(
        options(element.clientWidth, height, colour, lines.length > 1, amount, span),
        [[]],
        element,
      );
    };
    make();
    const size = new ResizeObserver(() => plot.current?.setSize({ width: Math.max(40, element.clientWidth), height }));
    size.observe(element);
    const endTheme = onThemeChange(make);
    return () => {
      size.disconnect();
      endTheme();
      plot.current?.destroy();
      plot.current = undefined;
    };
  }, [height, colour, lines.length, amount]);

  useEffect(() => plot.current?.setData(table(points, lines)));

  return <div class="millrace-chart" ref={place} style={{ height: `${height}px` }} aria-hidden="true" />;
}

/** Seconds before the newest point, then a row of values for each line. */
function table<T>(points: ChartProps<T>['points'], lines: ChartProps<T>['lines']): uPlot.AlignedData {
  const newest = points.at(-1)?.time ?? 0;
  const times = points.map(({ time }) => (time - newest) / 1000);
  return [times, ...lines.map((read) => points.map(({ value }) => read(value)))];
}

function options(
  width: number,
  height: number,
  index: number,
  banded: boolean,
  amount: boolean,
  span: { readonly current: number },
): uPlot.Options {
  const colour = cssColour(seriesColour(index));
  const faint = `color-mix(in srgb, ${colour} 28%, transparent)`;
  const quiet = cssColour('--red-ui-secondary-text-color');
  const line: uPlot.Series = { stroke: colour, width: 1.25, points: { show: false } };
  if (amount) line.fill = faint;
  const edge: uPlot.Series = { stroke: 'transparent', width: 0, points: { show: false } };
  const result: uPlot.Options = {
    width: Math.max(40, width),
    height,
    padding: [7, 2, 7, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [-span.current / 1000, 0] },
      y: { range: (_plot, low, high) => (amount ? [0, Math.max(1, high ?? 1)] : [...extent([low ?? 0, high ?? 1])]) },
    },
    axes: [
      { show: false },
      {
        size: 40,
        gap: 4,
        stroke: quiet,
        font: '10px Helvetica Neue, Arial, sans-serif',
        grid: { stroke: cssColour('--millrace-grid'), width: 1 },
        ticks: { show: false },
        // The lowest and the highest value that is drawn: the range is what one asks of so small a chart.
        splits: (_plot, _axis, low, high) => [low, high],
        values: (_plot, [low = 0, high = 0]) => axisEnds(low, high),
      },
    ],
    series: banded ? [{}, line, edge, edge] : [{}, line],
  };
  if (banded) result.bands = [{ series: [3, 2], fill: faint }];
  return result;
}
