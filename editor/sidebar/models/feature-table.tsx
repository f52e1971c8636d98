import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { fillDown } from './choices.ts';

interface FeatureTableProps {
  readonly features: readonly string[];
  readonly units: readonly string[];
  rename(features: string[]): void;
  measure(units: string[]): void;
}

/** Names and units of what goes in; a column of a table can be pasted into it. */
export function FeatureTable({ features, units, rename, measure }: FeatureTableProps) {
  const padded = features.map((_, index) => units[index] ?? '');
  const cell = (column: readonly string[], index: number, label: string, set: (next: string[]) => void) => (
    <td>
      <input
        type="text"
        aria-label={label}
        value={column[index]}
        autocomplete="off"
        spellcheck={false}
        onInput={({ currentTarget }) => set(column.with(index, currentTarget.value))}
        onPaste={(event) => {
          const text = event.clipboardData?.getData('text') ?? '';
          if (!/[\n\t,;]/.test(text.trim())) return;
          event.preventDefault();
          set(fillDown(column, index, text));
        }}
      />
    </td>
  );
  return (
    <div class="millrace-feature-table">
      <table aria-label={WORDS.features(features.length)}>
        <thead>
          <tr>
            <th />
            <th scope="col">{WORDS.featureHead}</th>
            <th scope="col">{WORDS.unitHead}</th>
          </tr>
        </thead>
        <tbody>
          {features.map((_, index) => (
            <tr key={index}>
              <th scope="row">{index + 1}</th>
              {cell(features, index, WORDS.feature(index), rename)}
              {cell(padded, index, WORDS.unit(index), measure)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
