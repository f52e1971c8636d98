import type { WindowInput } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, WINDOW_CHOICES } from '../../look/model-words.ts';
import { Choice, Field } from '../tests/field.tsx';

interface WindowFieldsProps {
  readonly window: WindowInput;
  change(window: WindowInput): void;
}

/** How a window becomes what the model takes. */
export function WindowFields({ window, change }: WindowFieldsProps) {
  const { channels, ...rest } = window;
  return (
    <div class="millrace-pair">
      <label class="millrace-field">
        <span>{WORDS.channels}</span>
        <Field
          label={WORDS.channels}
          value={channels ?? []}
          placeholder={WORDS.channelsPlaceholder}
          show={(value) => value.join(', ')}
          parse={(text) => text.split(/[\s,;]+/).filter(Boolean)}
          change={(value) => change(value.length > 0 ? { ...rest, channels: [...value] } : rest)}
        />
      </label>
      <label class="millrace-field">
        <span>{WORDS.windowLayout}</span>
        <Choice
          label={WORDS.windowLayout}
          value={window.layout}
          options={WINDOW_CHOICES}
          change={(value) => change({ ...window, layout: value as WindowInput['layout'] })}
        />
      </label>
    </div>
  );
}
