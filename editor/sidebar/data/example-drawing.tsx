import type { ExampleView } from '../../../runtime/messages/index.ts';
import { seriesColour } from '../../look/theme.ts';
import { curve, heights } from './drawing.ts';

const SIZE = { width: 110, height: 26 } as const;
/** Bars that still can be told apart. */
const BARS = 36;

interface ExampleDrawingProps {
  readonly example: ExampleView | undefined;
  /** Those that stand beside it: of features, what is high and what is low among them. */
  readonly beside: readonly ExampleView[];
}

/** An example in small: features as bars, a window as curves. */
export function ExampleDrawing({ example, beside }: ExampleDrawingProps) {
  const { width, height } = SIZE;
  if (!example) return <svg class="millrace-example-drawing" width={width} height={height} aria-hidden="true" />;
  const isWindow = example.rate !== undefined;
  const tall = isWindow ? [] : heights(example, beside).slice(0, BARS);
  const step = width / Math.max(1, tall.length);
  return (
    <svg class="millrace-example-drawing" width={width} height={height} aria-hidden="true">
      {isWindow &&
        example.values
          .slice(0, 6)
          .map(({ name, values }, index) => (
            <path
              key={name}
              d={curve(values, width, height)}
              style={{ fill: 'none', stroke: `var(${seriesColour(index)})` }}
            />
          ))}
      {tall.map((share, index) => (
        <rect
          key={index}
          x={index * step}
          y={(1 - share) * (height - 2)}
          width={Math.max(1, Math.min(8, step - 1))}
          height={2 + share * (height - 2)}
          style={{ fill: 'var(--red-ui-secondary-text-color)' }}
        />
      ))}
    </svg>
  );
}
