import type { ImportChoices, InputDescription, InputKind } from '../../../runtime/messages/index.ts';
import { KIND_CHOICES, MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Choice } from '../tests/field.tsx';
import { withInput } from './choices.ts';
import { FeatureTable } from './feature-table.tsx';
import { ImageFields } from './image-fields.tsx';
import { WindowFields } from './window-fields.tsx';

interface InputPartProps {
  readonly input: InputDescription;
  /** The model has no other. */
  readonly alone: boolean;
  readonly choices: ImportChoices;
  change(choices: ImportChoices): void;
}

/** What one input is read from, and what its values are called. */
export function InputPart({ input, alone, choices, change }: InputPartProps) {
  const { name } = input;
  const said = choices.inputs?.find((each) => each.name === name);
  const kind = said?.kind ?? input.kind;
  const features = said?.features ?? input.features;
  const units = said?.units ?? input.units ?? [];
  const image = said?.image ?? input.image;
  const window = said?.window ?? input.window;
  return (
    <div>
      <h4>{alone ? WORDS.takes : `${WORDS.takes}: ${name}`}</h4>
      <label class="millrace-field">
        <span>{WORDS.readAs}</span>
        <Choice
          label={WORDS.readAs}
          value={kind}
          options={KIND_CHOICES}
          change={(value) => change(withInput(choices, { name, kind: value as InputKind }))}
        />
      </label>
      {kind === 'features' && features && (
        <FeatureTable
          features={features}
          units={units}
          rename={(next) => change(withInput(choices, { name, features: next }))}
          measure={(next) => change(withInput(choices, { name, units: next }))}
        />
      )}
      {kind === 'features' && (
        <label class="millrace-check">
          <input
            type="checkbox"
            checked={said?.missing ?? input.missing ?? false}
            onChange={({ currentTarget }) => change(withInput(choices, { name, missing: currentTarget.checked }))}
          />
          <span>{WORDS.mayMiss}</span>
        </label>
      )}
      {kind === 'image' && image && (
        <ImageFields image={image} change={(next) => change(withInput(choices, { name, image: next }))} />
      )}
      {kind === 'window' && window && (
        <WindowFields window={window} change={(next) => change(withInput(choices, { name, window: next }))} />
      )}
    </div>
  );
}
