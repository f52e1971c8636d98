import { useState } from 'preact/hooks';
import type { DataSetRow } from '../../../runtime/messages/index.ts';
import { dataSetWords, kindWords, labelText, rangeOfLabels } from '../../look/data-words.ts';
import { Notice } from '../notice.tsx';
import { Balance } from './balance.tsx';
import { labelColour } from '../../look/label-colours.ts';
import type { DataSets } from './data-sets.ts';
import { ExampleDetail } from './example-detail.tsx';
import { ExampleMap } from './example-map.tsx';
import { Examples } from './examples.tsx';
import { Findings } from './findings.tsx';
import { SetActions } from './set-actions.tsx';
import { Versions } from './versions.tsx';

interface SetItemProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  readonly opened: boolean;
  /** Its labels stand above, as buttons. */
  readonly counted: boolean;
  toggle(): void;
}

/** A data set of the list; opened, all that is known of its examples. */
export function SetItem({ row, dataSets, opened, counted, toggle }: SetItemProps) {
  const [shown, setShown] = useState<number>();
  const { name, labels, examples, problem } = row;
  // Counted, so that a relabelling is seen too.
  const state = `${examples} ${row.changed ?? 0} ${labels.map((one) => `${one.label}:${one.examples}`).join()}`;
  return (
    <li class={opened ? 'millrace-item millrace-item-open millrace-data-set' : 'millrace-item millrace-data-set'}>
      <button type="button" class="millrace-item-head" aria-expanded={opened} onClick={toggle}>
        <i class={`fa fa-caret-${opened ? 'down' : 'right'}`} aria-hidden="true" />
        <span>
          <strong>{name}</strong>
          <small>{dataSetWords(row, Date.now())}</small>
        </span>
      </button>
      {!opened && examples > 0 && !rangeOfLabels(labels) && (
        <div class="millrace-stack" aria-hidden="true">
          {labels.map(({ label, examples: own }) => (
            <span
              key={String(label)}
              title={labelText(label)}
              style={{ flexGrow: own, background: labelColour(name, label) }}
            />
          ))}
        </div>
      )}
      {opened && (
        <div class="millrace-data">
          {problem && <Notice trouble={{ text: problem.message, hint: problem.hint }} />}
          {examples > 0 && !problem && (
            <>
              {!counted && <Balance dataSet={name} labels={labels} />}
              <Findings {...{ row, dataSets, state }} show={setShown} />
              <ExampleMap {...{ row, dataSets, state, shown }} show={setShown} />
              {shown !== undefined && (
                <ExampleDetail {...{ row, dataSets, state }} id={shown} close={() => setShown(undefined)} />
              )}
              <Examples {...{ row, dataSets, state, shown }} show={setShown} />
              <p class="millrace-quiet">{kindWords(row)}</p>
              <Versions {...{ row, dataSets }} />
            </>
          )}
          <SetActions {...{ row, dataSets }} />
        </div>
      )}
    </li>
  );
}
