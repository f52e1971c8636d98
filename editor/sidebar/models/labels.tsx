import { useEffect, useState } from 'preact/hooks';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { linesOf } from './choices.ts';

interface LabelsProps {
  readonly labels: readonly string[];
  /** Where they come from, in plain words. */
  readonly from: string | undefined;
  change(labels: string[]): void;
}

/** What the answers mean, one a line. */
export function Labels({ labels, from, change }: LabelsProps) {
  const meant = labels.join('\n');
  // What is being typed stays as it was typed.
  const [text, setText] = useState(meant);
  useEffect(() => {
    if (linesOf(text).join('\n') !== meant) setText(meant);
  }, [meant]);
  return (
    <label class="millrace-field">
      <span>{WORDS.labels}</span>
      <textarea
        rows={Math.min(8, Math.max(2, labels.length))}
        value={text}
        spellcheck={false}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          change(linesOf(currentTarget.value));
        }}
      />
      <small class="millrace-quiet">
        {WORDS.labelsHint}
        {from !== undefined && ` ${from.charAt(0).toUpperCase()}${from.slice(1)}.`}
      </small>
    </label>
  );
}
