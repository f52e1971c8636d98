import type { BoardView } from '../../../runtime/messages/index.ts';
import { BOARD_WORDS } from '../../look/board-words.ts';
import { Dots } from './dots.tsx';

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
            {values.length > 0 && (
              <div class="millrace-chip-values">{values.map((value) => beside(label, value)).join(' · ')}</div>
            )}
            {dots && <Dots rows={dots} />}
            {text && <pre class="millrace-display">{text.join('\n')}</pre>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** `38 %` where the label says already that it is humidity. */
const beside = (label: string, value: string) =>
  value.startsWith(`${label} `) ? value.slice(label.length + 1) : value;
