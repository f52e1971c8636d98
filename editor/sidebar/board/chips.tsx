import type { BoardView } from '../../../runtime/messages/index.ts';
import { BOARD_WORDS, chipValue } from '../../look/board-words.ts';
import { Display } from './display.tsx';

/** The chips on the I2C bus that something uses, with what they gave last; what a display shows stands as on the display. */
export function Chips({ chips }: { readonly chips: NonNullable<BoardView['chips']> }) {
  if (chips.length === 0) return null;
  return (
    <section class="millrace-bus">
      <h4>{BOARD_WORDS.chips}</h4>
      <ul>
        {chips.map(({ address, label, values, text, dots, holders }) => (
          <li
            key={address}
            // What has much to show takes a line of its own.
            class={values.length > 1 || text ? 'millrace-chip-wide' : undefined}
            title={holders && `${BOARD_WORDS.columns.holders} ${holders.join(', ')}`}
          >
            <b>{label}</b> <code>{BOARD_WORDS.address(address)}</code>
            {holders && (
              <span class="millrace-spoken">
                {BOARD_WORDS.columns.holders} {holders.join(', ')}
              </span>
            )}
            {values.length > 0 && <Values label={label} values={values} />}
            <Display {...{ text, dots }} />
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Several stand below each other: values that change would push what stands behind them to and fro. */
function Values({ label, values }: { readonly label: string; readonly values: readonly string[] }) {
  if (values.length === 1) return <div class="millrace-chip-values">{beside(label, values[0] ?? '')}</div>;
  return (
    <dl class="millrace-chip-values">
      {values.map(chipValue).map(({ name, value }) => (
        <div key={name}>
          <dt>{within(label, name)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** `38 %` where the label says already that it is humidity. */
function beside(label: string, words: string): string {
  const { name, value } = chipValue(words);
  return name === '' || name === label ? value : `${within(label, name)} ${value}`;
}

/** `rotation x` where the label says already of which chip. */
const within = (label: string, name: string) => (name.startsWith(`${label} `) ? name.slice(label.length + 1) : name);
