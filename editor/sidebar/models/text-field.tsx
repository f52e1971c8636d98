interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string;
  readonly short?: boolean;
  change(value: string): void;
}

/** A text with its label above it. */
export const TextField = ({ label, value, placeholder, short = false, change }: TextFieldProps) => (
  <label class={short ? 'millrace-field millrace-field-short' : 'millrace-field'}>
    <span>{label}</span>
    <input
      type="text"
      value={value}
      placeholder={placeholder}
      autocomplete="off"
      spellcheck={false}
      onInput={({ currentTarget }) => change(currentTarget.value)}
    />
  </label>
);
