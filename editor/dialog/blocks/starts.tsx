import { useRef, useState } from 'preact/hooks';
import type { DialogForm } from '../dialog.ts';
import type { BlocksOptions } from './blocks.tsx';
import type { BlockValue } from './summary.ts';
import type { Entry } from './use-blocks.ts';

interface StartsProps {
  readonly options: BlocksOptions;
  readonly rate: number;
  readonly form: DialogForm;
  readonly blocks: readonly Entry[];
  replace(blocks: readonly BlockValue[]): void;
  undo(blocks: readonly Entry[]): void;
}

/** Lists to begin with: each takes the place of the blocks that stand there, which can be taken back. */
export function Starts({ options, rate, form, blocks, replace, undo }: StartsProps) {
  const [before, setBefore] = useState<readonly Entry[]>();
  const all = useRef<HTMLDivElement>(null);
  return (
    <div class="millrace-starts" ref={all} role="group" aria-label={form.text('label.start')}>
      <span>{form.text('label.start')}</span>
      {options.starts.map((start) => (
        <button
          type="button"
          key={start.label}
          class="red-ui-button red-ui-button-small"
          title={form.text(start.about)}
          onClick={() => {
            setBefore(blocks);
            replace(start.blocks(rate));
          }}
        >
          {form.text(start.label)}
        </button>
      ))}
      {before && (
        <button
          type="button"
          class="millrace-show-more"
          onClick={() => {
            undo(before);
            // The button goes: the focus must not fall out of the dialog.
            all.current?.querySelector('button')?.focus();
            setBefore(undefined);
          }}
        >
          {form.text('label.undo')}
        </button>
      )}
    </div>
  );
}
