import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Choice } from '../tests/field.tsx';

/** The aliases that most people need. */
export const ALIASES = ['production', 'candidate'] as const;

interface AliasFieldProps {
  readonly value: string | undefined;
  change(alias: string | undefined): void;
}

/** What the new version is to be used as at once. */
export const AliasField = ({ value, change }: AliasFieldProps) => (
  <label class="millrace-field">
    <span>{WORDS.asAlias}</span>
    <Choice
      label={WORDS.asAlias}
      value={value ?? ''}
      options={[['', WORDS.noAlias], ...ALIASES.map((alias) => [alias, alias] as const)]}
      change={(alias) => change(alias === '' ? undefined : alias)}
    />
  </label>
);
