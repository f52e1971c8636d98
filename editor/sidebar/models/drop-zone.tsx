import { useRef, useState } from 'preact/hooks';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Button } from '../button.tsx';

interface DropZoneProps {
  readonly label: string;
  readonly accept?: string;
  readonly hint?: string;
  readonly many?: boolean;
  take(files: readonly File[]): void;
}

/** Takes files that are dropped on it, or chosen by its button. */
export function DropZone({ label, accept, hint = WORDS.drop, many = false, take }: DropZoneProps) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const given = (files: FileList | null | undefined) => {
    if (files && files.length > 0) take([...files]);
  };
  return (
    <div
      class={over ? 'millrace-drop millrace-drop-over' : 'millrace-drop'}
      onDragOver={(event) => {
        if (!event.dataTransfer?.types.includes('Files')) return;
        // Node-RED itself would take the file for a flow.
        event.preventDefault();
        event.stopPropagation();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        given(event.dataTransfer?.files);
      }}
    >
      <Button icon="upload" label={label} act={() => input.current?.click()} />
      <span class="millrace-quiet">{hint}</span>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        accept={accept}
        multiple={many}
        onChange={({ currentTarget }) => {
          given(currentTarget.files);
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
