import { useState } from 'preact/hooks';
import type { DataSetRow } from '../../../runtime/messages/index.ts';
import { download } from '../../gateway.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { type DataSets, exportPath } from './data-sets.ts';

interface SetActionsProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
}

/** What can be done with a data set as a whole. */
export function SetActions({ row: { name, examples, shipped, problem }, dataSets }: SetActionsProps) {
  const [asking, setAsking] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const save = (format: 'csv' | 'parquet') =>
    void download(exportPath(name, format)).then(
      () => setTrouble(undefined),
      (error: unknown) => setTrouble(troubleOf(error)),
    );
  const question = WORDS.reallyRemoveSet(name);
  return (
    <>
      <Notice trouble={trouble} />
      {asking ? (
        <div class="millrace-actions" role="group" aria-label={question}>
          <span>{question}</span>
          <Button
            icon="trash-o"
            label={WORDS.remove}
            act={() => {
              setAsking(false);
              void dataSets.remove(name);
            }}
          />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      ) : (
        <div class="millrace-actions" role="group" aria-label={WORDS.exportTo}>
          {examples > 0 && !problem && (
            <>
              <span class="millrace-quiet">{WORDS.exportTo}</span>
              <Button icon="download" label={WORDS.exportCsv} act={() => save('csv')} />
              <Button icon="download" label={WORDS.exportParquet} act={() => save('parquet')} />
            </>
          )}
          {!shipped && mayWrite() && <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />}
        </div>
      )}
    </>
  );
}
