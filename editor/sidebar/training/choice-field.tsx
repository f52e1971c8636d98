import { Choice } from '../tests/field.tsx';

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  /** Value and what it is called. */
  readonly options: readonly (readonly [string, string])[];
  /** Said below it. */
  readonly hint?: string;
  change(value: string): void;
}

/** One of several, with its label above it. */
export const ChoiceField = ({ label, value, options, hint, change }: ChoiceFieldProps) => (
  <label class="millrace-field">
    <span>{label}</span>
    <Choice {...{ label, value, options, change }} />
    {hint !== undefined && hint !== '' && <small>{hint}</small>}
  </label>
);
