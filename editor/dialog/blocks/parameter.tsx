import { useState } from 'preact/hooks';
import { Channels, Chips } from './chips.tsx';
import type { Field } from './fields.ts';
import type { BlockWords } from './words.ts';

interface ParameterProps {
  readonly field: Field;
  /** Of the block that it belongs to. */
  readonly type: string;
  readonly value: unknown;
  /** Channels of the window, as far as they are known. */
  readonly channels: readonly string[];
  /** What an empty list of channels means, in words. */
  readonly everyChannel: string;
  readonly words: BlockWords;
  readonly wrong: boolean;
  /** `undefined`: the default. */
  set(value: unknown): void;
}

/** One parameter of a block: its name and what it is edited with. */
export function Parameter(props: ParameterProps) {
  const { field, type, words, wrong } = props;
  const label = words.parameter(type, field.key);
  const group = field.kind === 'choices' || field.kind === 'names';
  const control = <Control {...props} label={label} />;
  const look = wrong ? 'millrace-parameter millrace-parameter-wrong' : 'millrace-parameter';
  // A group of buttons has several labels of its own.
  if (group) {
    return (
      <div class={look} role="group" aria-label={label} data-parameter={field.key}>
        <span>{label}</span>
        {control}
      </div>
    );
  }
  return (
    <label class={look} data-parameter={field.key} data-kind={field.kind}>
      <span>{label}</span>
      {control}
    </label>
  );
}

function Control(props: ParameterProps & { readonly label: string }) {
  const { field, value, words, set } = props;
  const { key, kind, options = [], standard } = field;
  switch (kind) {
    case 'number':
      return (
        <input
          type="number"
          min={field.min}
          max={field.max}
          step={field.whole ? 1 : 'any'}
          placeholder={shown(standard)}
          value={typeof value === 'number' ? value : ''}
          onInput={({ currentTarget }) => set(currentTarget.value === '' ? undefined : currentTarget.valueAsNumber)}
        />
      );
    case 'flag':
      return (
        <input
          type="checkbox"
          checked={(value ?? standard) === true}
          onChange={({ currentTarget }) => set(currentTarget.checked)}
        />
      );
    case 'choice':
      return (
        <select value={shown(value ?? standard)} onChange={({ currentTarget }) => set(currentTarget.value)}>
          {options.map((option) => (
            <option key={option} value={option}>
              {words.choice(key, option)}
            </option>
          ))}
        </select>
      );
    case 'choices':
      return <Chips options={options} chosen={listOf(value)} word={(option) => words.choice(key, option)} set={set} />;
    case 'names':
      return (
        <Channels
          chosen={listOf(value)}
          known={props.channels}
          label={props.label}
          everyChannel={props.everyChannel}
          set={set}
        />
      );
    case 'numbers':
      return <Numbers value={value} set={set} />;
    case 'text':
      return (
        <input
          type="text"
          value={typeof value === 'string' ? value : ''}
          onInput={({ currentTarget }) => set(currentTarget.value)}
        />
      );
  }
}

const shown = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '');
const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Numbers with commas between them. What is not understood stays as it was typed, and is said to be wrong. */
function Numbers({ value, set }: { readonly value: unknown; set(value: unknown): void }) {
  const [text, setText] = useState(Array.isArray(value) ? value.join(', ') : shown(value));
  return (
    <input
      type="text"
      inputMode="decimal"
      value={text}
      onInput={({ currentTarget }) => {
        setText(currentTarget.value);
        const numbers = currentTarget.value
          .split(/[,;\s]+/)
          .filter(Boolean)
          .map(Number);
        set(numbers.every(Number.isFinite) ? numbers : currentTarget.value);
      }}
    />
  );
}
