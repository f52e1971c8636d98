import type { AnomalyQuality } from '../../../runtime/messages/index.ts';
import { axisEnds, count, number } from '../../look/numbers.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { atX, atY, Plot } from './plot.tsx';

/** How anomaly scores are spread, and where the threshold lies. */
export function Histogram({ quality: { histogram, threshold } }: { readonly quality: AnomalyQuality }) {
  const low = histogram[0]?.from ?? 0;
  const high = histogram.at(-1)?.to ?? 1;
  const share = (value: number) => (high > low ? Math.min(1, Math.max(0, (value - low) / (high - low))) : 0.5);
  const most = Math.max(1, ...histogram.map(({ normal, anomalous }) => normal + anomalous));
  return (
    <>
      <p class="millrace-quiet">{WORDS.histogramHint(threshold)}</p>
      <Plot
        label={WORDS.histogramHint(threshold)}
        x="score"
        y="rows"
        ends={{ x: axisEnds(low, high), y: ['0', count(most)] }}
      >
        {histogram.map(({ from, to, normal, anomalous }) => {
          const [x, width] = [atX(share(from)) + 0.5, Math.max(1, atX(share(to)) - atX(share(from)) - 1)];
          const middle = atY(normal / most);
          const top = atY((normal + anomalous) / most);
          return (
            <g key={from}>
              <rect class="millrace-plot-normal" {...{ x, width }} y={middle} height={atY(0) - middle} />
              <rect class="millrace-plot-anomalous" {...{ x, width }} y={top} height={middle - top} />
              <title>{`${number(from)} to ${number(to)}: ${normal} ${WORDS.normal}, ${anomalous} ${WORDS.anomalous}`}</title>
            </g>
          );
        })}
        <path class="millrace-plot-threshold" d={`M${atX(share(threshold))} ${atY(1)}V${atY(0)}`} />
      </Plot>
      <ul class="millrace-legend">
        <li>
          <span class="millrace-swatch millrace-swatch-normal" /> {WORDS.normal}
        </li>
        <li>
          <span class="millrace-swatch millrace-swatch-anomalous" /> {WORDS.anomalous}
        </li>
      </ul>
    </>
  );
}
