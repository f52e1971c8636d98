import type { ImportChoices, OutputDescription, OutputRole } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, ROLE_CHOICES, SQUASH_CHOICES } from '../../look/model-words.ts';
import { Choice } from '../tests/field.tsx';
import { withOutput } from './choices.ts';

interface OutputPartProps {
  readonly outputs: readonly OutputDescription[];
  readonly choices: ImportChoices;
  change(choices: ImportChoices): void;
}

/** What each output is: seldom needed, because it can mostly be told. */
export const OutputPart = ({ outputs, choices, change }: OutputPartProps) => (
  <>
    <h4>{WORDS.outputs}</h4>
    {outputs.map(({ name, role, activation }) => {
      const said = choices.outputs?.find((each) => each.name === name);
      const roleNow = said?.role ?? role;
      return (
        <div key={name} class="millrace-pair">
          <label class="millrace-field">
            <span>{name}</span>
            <Choice
              label={name}
              value={roleNow}
              options={ROLE_CHOICES}
              change={(value) => change(withOutput(choices, { name, role: value as OutputRole }))}
            />
          </label>
          {roleNow === 'scores' && (
            <label class="millrace-field">
              <span>{WORDS.squash}</span>
              <Choice
                label={WORDS.squash}
                value={said?.activation ?? activation ?? 'none'}
                options={SQUASH_CHOICES}
                change={(value) =>
                  change(withOutput(choices, { name, activation: value as 'none' | 'softmax' | 'sigmoid' }))
                }
              />
            </label>
          )}
        </div>
      );
    })}
  </>
);
