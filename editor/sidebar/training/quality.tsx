import { useState } from 'preact/hooks';
import type { DataSetRow, Evaluation } from '../../../runtime/messages/index.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import type { DataSets } from '../data/data-sets.ts';
import { ExampleDetail } from '../data/example-detail.tsx';
import { Calibration } from './calibration.tsx';
import { type Cell, Confusion } from './confusion.tsx';
import { Curves } from './curves.tsx';
import { Groups } from './groups.tsx';
import { Histogram } from './histogram.tsx';
import { Mistakes } from './mistakes.tsx';
import { Part } from './part.tsx';
import { PerLabel } from './per-label.tsx';
import { Residuals } from './residuals.tsx';

interface QualityProps {
  readonly evaluation: Evaluation;
  /** The data set that it was measured on, if it is still there. */
  readonly row: DataSetRow | undefined;
  readonly dataSets: DataSets;
}

/** An evaluation, drawn: what was confused first, then figure by figure. */
export function Quality({ evaluation, row, dataSets }: QualityProps) {
  const { classification, regression, anomaly, groups, mistakes } = evaluation;
  const [cell, setCell] = useState<Cell>();
  const [shown, setShown] = useState<number>();
  const state = String(row?.changed ?? 0);
  return (
    <>
      {classification && (
        <>
          <h5>{WORDS.confusion}</h5>
          <Confusion quality={classification} chosen={cell} choose={setCell} />
          {mistakes.length > 0 && <p class="millrace-quiet">{WORDS.confusionHint}</p>}
        </>
      )}
      {regression && (
        <>
          <h5>{WORDS.residuals}</h5>
          <Residuals residuals={regression.residuals} {...(row && { show: setShown })} />
        </>
      )}
      {anomaly && (
        <>
          <h5>{WORDS.histogram}</h5>
          <Histogram quality={anomaly} />
        </>
      )}
      {shown !== undefined && row && (
        <ExampleDetail {...{ row, dataSets, state }} id={shown} close={() => setShown(undefined)} />
      )}
      {(classification || mistakes.length > 0) && (
        <>
          <h5>{WORDS.mistakes}</h5>
          <Mistakes {...{ mistakes, cell, row, dataSets }} showAll={() => setCell(undefined)} />
        </>
      )}
      {classification && (
        <Part title={WORDS.perLabel}>
          <PerLabel perLabel={classification.perLabel} />
        </Part>
      )}
      {classification && classification.roc.length > 0 && (
        <Part title={WORDS.curves}>
          <Curves roc={classification.roc} precisionRecall={classification.precisionRecall} />
        </Part>
      )}
      {anomaly?.roc && (
        <Part title={WORDS.curves}>
          <Curves roc={[anomaly.roc]} precisionRecall={[]} />
        </Part>
      )}
      {classification && (
        <Part title={WORDS.calibration}>
          <Calibration calibration={classification.calibration} />
        </Part>
      )}
      {groups.length > 1 && (
        <Part title={WORDS.groups}>
          <Groups evaluation={evaluation} />
        </Part>
      )}
    </>
  );
}
