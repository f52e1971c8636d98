import { useState } from 'preact/hooks';
import type { BlockPreview } from '../../../runtime/messages/index.ts';
import { number } from '../../look/numbers.ts';
import { SERIES } from '../../look/theme.ts';
import { featureTable, measureWords } from './feature-table.ts';
import { More } from './more.tsx';

/** Counts as counts. */
const amount = (value: number | null): string =>
  value !== null && Number.isInteger(value) && Math.abs(value) < 1000 ? String(value) : number(value ?? NaN);

/** What is enough to see what a block makes. */
const FEW = 10;

interface FeaturesProps {
  readonly features: BlockPreview['features'];
  readonly channels: readonly string[];
  more(hidden: number): string;
}

/** What a block says of a window: named numbers, with bars where they can be compared. */
export function Features({ features, channels, more }: FeaturesProps) {
  const [all, setAll] = useState(false);
  const { columns, rows } = featureTable(features, channels);
  const shown = all ? rows : rows.slice(0, FEW);
  return (
    <>
      <table class="millrace-features">
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map(({ measure, values, shares }) => (
            <tr key={measure}>
              <th scope="row" title={measureWords(measure)}>
                {measureWords(measure)}
              </th>
              {values.map((value, index) => (
                <td key={columns[index]} title={value === undefined ? undefined : String(value)}>
                  {shares && (
                    <i
                      style={{
                        width: `${(shares[index] ?? 0) * 100}%`,
                        background: `var(--millrace-series-${(channels.indexOf(columns[index] ?? '') % SERIES) + 1})`,
                      }}
                    />
                  )}
                  <span>{value === undefined ? '' : amount(value)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > FEW && <More hidden={rows.length - FEW} open={all} words={more} toggle={() => setAll(!all)} />}
    </>
  );
}
