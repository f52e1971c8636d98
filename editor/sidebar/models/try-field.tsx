import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { plain } from '../../look/words.ts';
import type { TryField } from './try-input.ts';

interface TryFieldInputProps {
  readonly field: TryField;
  readonly value: string;
  change(value: string): void;
  choose(picture: File | undefined): void;
}

/** One field of the form. */
export function TryFieldInput({ field, value, change, choose }: TryFieldInputProps) {
  switch (field.kind) {
    case 'json':
      return (
        <label class="millrace-field millrace-wide">
          <span>{WORDS.inputJson}</span>
          <textarea
            rows={6}
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
        </label>
      );
    case 'picture':
      return (
        <label class="millrace-field millrace-wide">
          <span>{WORDS.picture}</span>
          <input
            type="file"
            accept="image/png,image/jpeg"
            onChange={({ currentTarget }) => choose(currentTarget.files?.[0])}
          />
        </label>
      );
    default:
      return (
        <label class={field.kind === 'text' ? 'millrace-field millrace-wide' : 'millrace-field'}>
          <span title={field.name}>
            {plain(field.name)} {field.unit !== '' && <em>{field.unit}</em>}
          </span>
          <input
            type="text"
            inputMode={field.kind === 'number' ? 'decimal' : 'text'}
            autocomplete="off"
            spellcheck={false}
            value={value}
            onInput={({ currentTarget }) => change(currentTarget.value)}
          />
        </label>
      );
  }
}
