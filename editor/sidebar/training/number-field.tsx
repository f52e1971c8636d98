interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  readonly standard: number;
  readonly min?: number;
  readonly max?: number;
  readonly whole?: boolean;
  readonly title?: string;
  change(value: number | undefined): void;
}

/** A number with its label above it; emptied, the default holds. */
export const NumberField = ({ label, value, standard, min, max, whole = false, title, change }: NumberFieldProps) => (
  <label class="millrace-field millrace-field-short" title={title}>
    <span>{label}</span>
    <input
      type="number"
      value={value === standard || value === undefined ? '' : value}
      placeholder={String(standard)}
      min={min}
      max={max}
      step={whole ? 1 : 'any'}
      onInput={({ currentTarget: { value: text } }) => change(text === '' ? undefined : Number(text))}
    />
  </label>
);
