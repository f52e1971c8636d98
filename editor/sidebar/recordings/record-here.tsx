import { useState } from 'preact/hooks';
import { RECORDING_WORDS as WORDS } from '../../look/recording-words.ts';
import { isHeard, labelOf, mayWrite, outputsOf } from './recordable.ts';
import type { Recordings } from './recordings.ts';
import { useSelection } from './use-selection.ts';

/** Seconds that are offered; 0 is until it is stopped. */
const LENGTHS = [
  [0, WORDS.untilStopped],
  [5, '5 s'],
  [20, '20 s'],
  [60, '1 min'],
  [600, '10 min'],
] as const;

/** One click records the selected node. */
export function RecordHere({ recordings }: { readonly recordings: Recordings }) {
  const nodes = useSelection();
  const [seconds, setSeconds] = useState(0);
  const [chosen, setOutput] = useState(1);
  const [node, other] = nodes;
  if (!mayWrite()) return <p class="millrace-quiet">{WORDS.readOnly}</p>;
  if (!node || other) {
    return (
      <div class="millrace-record">
        <button type="button" class="millrace-button millrace-button-record" disabled>
          <i class="fa fa-circle" aria-hidden="true" /> {WORDS.record('')}
        </button>
        <p class="millrace-quiet">{other ? WORDS.several : WORDS.select}</p>
      </div>
    );
  }
  const outputs = outputsOf(node);
  const output = chosen <= outputs ? chosen : 1;
  const record = () => recordings.record({ node: node.id, output, ...(seconds > 0 && { seconds }) });
  return (
    <div class="millrace-record">
      <button type="button" class="millrace-button millrace-button-record" onClick={() => void record()}>
        <i class="fa fa-circle" aria-hidden="true" /> {WORDS.record(labelOf(node))}
      </button>
      {outputs > 1 && (
        <select
          aria-label={WORDS.outputs}
          value={output}
          onChange={({ currentTarget }) => setOutput(Number(currentTarget.value))}
        >
          {Array.from({ length: outputs }, (_, index) => (
            <option key={index} value={index + 1}>
              {WORDS.output(index + 1)}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label={WORDS.howLong}
        value={seconds}
        onChange={({ currentTarget }) => setSeconds(Number(currentTarget.value))}
      >
        {LENGTHS.map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      {!isHeard(node, output) && <p class="millrace-warn">{WORDS.unwired}</p>}
    </div>
  );
}
