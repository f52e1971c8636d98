import { useState } from 'preact/hooks';
import type { Curve } from '../../../runtime/messages/index.ts';
import { seriesColour } from '../../look/theme.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { plain } from '../../look/words.ts';
import { line, Plot } from './plot.tsx';

interface CurvesProps {
  readonly roc: readonly Curve[];
  readonly precisionRecall: readonly Curve[];
}

/** More could not be told apart. */
const MOST = 6;

/** ROC and precision against recall, one line a label. */
export function Curves({ roc, precisionRecall }: CurvesProps) {
  const [which, setWhich] = useState<'roc' | 'pr'>('roc');
  const shown = (which === 'roc' ? roc : precisionRecall).slice(0, MOST);
  const title = which === 'roc' ? WORDS.roc : WORDS.pr;
  return (
    <>
      {precisionRecall.length > 0 && (
        <div class="millrace-actions" role="group" aria-label={WORDS.curves}>
          {(['roc', 'pr'] as const).map((one) => (
            <button
              key={one}
              type="button"
              class="millrace-button"
              aria-pressed={one === which}
              onClick={() => setWhich(one)}
            >
              {one === 'roc' ? 'ROC' : 'PR'}
            </button>
          ))}
        </div>
      )}
      <Plot
        label={`${title}: ${shown.map(({ label, area }) => `${label} ${area.toFixed(3)}`).join(', ')}`}
        x={which === 'roc' ? 'falsely alarmed' : 'recall'}
        y={which === 'roc' ? 'found' : 'precision'}
        diagonal={which === 'roc' ? 'rising' : 'none'}
      >
        {shown.map(({ label, points }, index) => (
          <path
            key={label}
            class="millrace-plot-line"
            d={line(points)}
            style={{ stroke: `var(${seriesColour(index)})` }}
          />
        ))}
      </Plot>
      <ul class="millrace-legend">
        {shown.map(({ label, area }, index) => (
          <li key={label}>
            <span class="millrace-swatch" style={{ background: `var(${seriesColour(index)})` }} /> {plain(label)}{' '}
            <b>{area.toFixed(3)}</b>
          </li>
        ))}
      </ul>
    </>
  );
}
