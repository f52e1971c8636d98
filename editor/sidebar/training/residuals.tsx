import type { RegressionQuality } from '../../../runtime/messages/index.ts';
import { axisEnds } from '../../look/numbers.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { atX, atY, Plot } from './plot.tsx';

interface ResidualsProps extends Pick<RegressionQuality, 'residuals'> {
  /** Shows the example of a dot. */
  show?(id: number): void;
}

/** What a regression said against what was true. */
export function Residuals({ residuals, show }: ResidualsProps) {
  const values = residuals.flatMap(({ actual, predicted }) => [actual, predicted]);
  const low = Math.min(...values);
  const high = Math.max(...values);
  const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
  const ends = axisEnds(low, high);
  return (
    <>
      <p class="millrace-quiet">{WORDS.residualsHint}</p>
      <Plot label={WORDS.residuals} x="true" y="said" diagonal="rising" ends={{ x: ends, y: ends }}>
        {residuals.map(({ id, actual, predicted }) => (
          <circle
            key={id}
            class="millrace-plot-dot"
            cx={atX(share(actual))}
            cy={atY(share(predicted))}
            r="2.5"
            {...(show && { onClick: () => show(id), style: { cursor: 'pointer' } })}
          >
            <title>{WORDS.residual(actual, predicted)}</title>
          </circle>
        ))}
      </Plot>
    </>
  );
}
