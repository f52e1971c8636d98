import { useEffect, useId, useState } from 'preact/hooks';

interface FieldProps<T> {
  /** Read aloud. */
  readonly label: string;
  readonly value: T;
  show(value: T): string;
  /** Whatever is typed is some value; whether it fits is told of the whole test. */
  parse(text: string): T;
  change(value: T): void;
  /** Offered while one types. */
  readonly offers?: readonly string[];
  readonly placeholder?: string;
  /** `short`: a number or a time. */
  readonly size?: 'short';
}

/** A text that means a value; what is being typed stays as it was typed. */
export function Field<T>({ label, value, show, parse, change, offers = [], placeholder, size }: FieldProps<T>) {
  const [text, setText] = useState(() => show(value));
  const id = useId();
  const meant = JSON.stringify(value);
  useEffect(() => {
    if (JSON.stringify(parse(text)) !== meant) setText(show(value));
  }, [meant]);
  return (
    <>
      <input
        type="text"
        class={size === 'short' ? 'millrace-short' : undefined}
        aria-label={label}
        title={label}
        value={text}
        placeholder={placeholder}
        list={offers.length > 0 ? id : undefined}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => {
          setText(currentTarget.value);
          change(parse(currentTarget.value));
        }}
      />
      {offers.length > 0 && (
        <datalist id={id}>
          {offers.map((offer) => (
            <option key={offer} value={offer} />
          ))}
        </datalist>
      )}
    </>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** Value and what it is called. */
  readonly options: readonly (readonly [string, string])[];
  change(value: string): void;
}

/** One of several; a value that is none of them is kept and shown. */
export function Choice({ label, value, options, change }: ChoiceProps) {
  const isKnown = options.some(([option]) => option === value);
  return (
    <select
      aria-label={label}
      title={label}
      value={value}
      onChange={({ currentTarget }) => change(currentTarget.value)}
    >
      {!isKnown && <option value={value}>{value === '' ? '…' : value}</option>}
      {options.map(([option, words]) => (
        <option key={option} value={option}>
          {words}
        </option>
      ))}
    </select>
  );
}
