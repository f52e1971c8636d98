import { useId } from 'preact/hooks';
import type { ComponentOption } from './table.ts';

interface OptionFieldProps {
  readonly option: ComponentOption;
  readonly value: number | string | boolean;
  onChange(value: number | string | boolean): void;
}

/** A setting of a component: a number with its unit and bounds, a choice, or a tick. */
export function OptionField({ option, value, onChange }: OptionFieldProps) {
  const id = useId();
  return (
    <>
      <label for={id}>{option.label}</label>
      {option.kind === 'number' && (
        <span class="millrace-component-number">
          <input
            id={id}
            type="number"
            step="any"
            min={option.min}
            max={option.max}
            value={typeof value === 'number' && Number.isNaN(value) ? '' : String(value)}
            onInput={({ currentTarget }) =>
              onChange(currentTarget.value === '' ? option.standard : Number(currentTarget.value))
            }
          />{' '}
          <span>{`${option.unit} (${option.min} to ${option.max})`.trim()}</span>
        </span>
      )}
      {option.kind === 'choice' && (
        <select id={id} value={String(value)} onChange={({ currentTarget }) => onChange(currentTarget.value)}>
          {option.options.map((each) => (
            <option key={each.value} value={each.value}>
              {each.label}
            </option>
          ))}
        </select>
      )}
      {option.kind === 'flag' && (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
      )}
    </>
  );
}
