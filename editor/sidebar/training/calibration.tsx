import type { ClassificationQuality } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import { percentOne, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { atX, atY, Plot } from './plot.tsx';

/** How often the model is right where it says that it is so and so sure; the larger the dot, the more examples. */
export function Calibration({ calibration: { bins, error } }: Pick<ClassificationQuality, 'calibration'>) {
  const filled = bins.filter(({ rows }) => rows > 0);
  const most = Math.max(1, ...filled.map(({ rows }) => rows));
  return (
    <>
      <p class="millrace-quiet">{WORDS.calibrationHint(error)}</p>
      <Plot label={WORDS.calibrationHint(error)} x="how sure it said it was" y="how often right" diagonal="rising">
        {filled.map(({ confidence, accuracy, rows }) => (
          <circle
            key={confidence}
            class="millrace-plot-dot"
            cx={atX(confidence)}
            cy={atY(accuracy)}
            r={2.5 + 5 * Math.sqrt(rows / most)}
          >
            <title>{`${percentOne(confidence)} sure: right ${percentOne(accuracy)} of ${count(rows)}`}</title>
          </circle>
        ))}
      </Plot>
    </>
  );
}
