import { BOARD_WORDS, isOutput, type Pin, valueWords } from '../../look/board-words.ts';
import { plain } from '../../look/words.ts';

interface PinsProps {
  readonly pins: readonly Pin[];
  readonly chosen: string | undefined;
  choose(pin: string | undefined): void;
}

/** The pins in use as a table, first what the board does, then what it reads. Who uses them is read aloud. */
export function Pins({ pins, chosen, choose }: PinsProps) {
  const wired = pins.filter(({ mode }) => !/i2c/i.test(mode));
  const ordered = [...wired.filter(isOutput), ...wired.filter((pin) => !isOutput(pin))];
  const { pin: name, what, value, holders: by } = BOARD_WORDS.columns;
  if (ordered.length === 0) return null;
  return (
    <table class="millrace-pins">
      <caption class="millrace-spoken">{BOARD_WORDS.pins}</caption>
      <thead class="millrace-spoken">
        <tr>
          {[name, what, value, by].map((title) => (
            <th key={title} scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ordered.map((pin) => (
          <tr
            key={pin.pin}
            class={pin.pin === chosen ? 'millrace-pin-chosen' : undefined}
            {...{ onMouseEnter: () => choose(pin.pin), onMouseLeave: () => choose(undefined) }}
          >
            <th scope="row">{pin.pin}</th>
            {isOutput(pin) ? <Driven pin={pin} /> : <Read pin={pin} />}
            <td class="millrace-spoken">{pin.holders?.join(', ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Driven({ pin }: { readonly pin: Pin }) {
  return (
    <td colSpan={2}>
      <span class={`millrace-lamp millrace-lamp-${pin.value > 0 ? 'on' : 'off'}`} aria-hidden="true" />{' '}
      <strong>
        {plain(pin.label)} {valueWords(pin)}
      </strong>
    </td>
  );
}

const Read = ({ pin }: { readonly pin: Pin }) => (
  <>
    <td title={plain(pin.label)}>{plain(pin.label)}</td>
    <td class="millrace-pin-value">{valueWords(pin)}</td>
  </>
);
