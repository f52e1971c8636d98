import type { ComponentChildren } from 'preact';
import type { BoardView } from '../../../runtime/messages/index.ts';
import { BOARD_WORDS, hasAngle, isOutput, isServo, type Pin, pinRuns, valueWords } from '../../look/board-words.ts';
import { plain } from '../../look/words.ts';
import { Display } from './display.tsx';

type Actuator = NonNullable<BoardView['actuators']>[number];

interface PinsProps {
  readonly pins: readonly Pin[];
  /** Those on several pins: a row each. */
  readonly actuators: readonly Actuator[];
  readonly chosen: string | undefined;
  choose(pin: string | undefined): void;
}

/** The pins in use as a table, first what the board does, then what it reads. Who uses them is read aloud. */
export function Pins({ pins, actuators, chosen, choose }: PinsProps) {
  const together = new Set(actuators.flatMap((actuator) => actuator.pins));
  const single = pins.filter(({ pin, mode }) => !/i2c/i.test(mode) && !together.has(pin));
  const { pin: name, what, value, holders: by } = BOARD_WORDS.columns;
  if (single.length === 0 && actuators.length === 0) return null;
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
        {actuators.map((actuator) => (
          <Row
            key={actuator.pins.join()}
            {...{ chosen, choose }}
            pins={actuator.pins}
            holders={actuator.holders}
            what={<Told actuator={actuator} />}
          />
        ))}
        {single.filter(isOutput).map((pin) => (
          <Row
            key={pin.pin}
            {...{ chosen, choose }}
            pins={[pin.pin]}
            holders={pin.holders}
            what={<Driven pin={pin} />}
          />
        ))}
        {single
          .filter((pin) => !isOutput(pin))
          .map((pin) => (
            <Row
              key={pin.pin}
              {...{ chosen, choose }}
              pins={[pin.pin]}
              holders={pin.holders}
              what={<Read pin={pin} />}
            />
          ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<PinsProps, 'chosen' | 'choose'> {
  readonly pins: readonly string[];
  readonly holders: readonly string[] | undefined;
  /** Its cells. */
  readonly what: ComponentChildren;
}

function Row({ pins, holders = [], what, chosen, choose }: RowProps) {
  return (
    <tr
      class={chosen !== undefined && pins.includes(chosen) ? 'millrace-pin-chosen' : undefined}
      {...{ onMouseEnter: () => choose(pins[0]), onMouseLeave: () => choose(undefined) }}
    >
      <th scope="row">
        {pinRuns(pins).map((run) => (
          <div key={run}>{run}</div>
        ))}
      </th>
      {what}
      <td class="millrace-spoken">{holders.join(', ')}</td>
    </tr>
  );
}

function Driven({ pin }: { readonly pin: Pin }) {
  return (
    <td colSpan={2}>
      {hasAngle(pin) ? (
        <Dial degrees={pin.unset ? undefined : pin.value} />
      ) : isServo(pin) ? (
        <i class={`millrace-turning fa fa-${turning(pin.value)}`} aria-hidden="true" />
      ) : (
        <span class={`millrace-lamp millrace-lamp-${pin.value === 0 ? 'off' : 'on'}`} aria-hidden="true" />
      )}{' '}
      <strong>
        {plain(pin.label)} {valueWords(pin)}
      </strong>
    </td>
  );
}

/** The way in which a servo turns that has no angle. */
const turning = (speed: number) => (speed === 0 ? 'circle-o' : speed > 0 ? 'repeat' : 'undo');

/** The arm of a servo as it stands: 0° to the left, 90° up, as in the picture. */
function Dial({ degrees }: { readonly degrees: number | undefined }) {
  return (
    <svg class="millrace-dial" viewBox="0 0 16 16" aria-hidden="true">
      <circle class="millrace-servo" cx="8" cy="8" r="6.5" />
      {degrees !== undefined && (
        <line
          class="millrace-servo-arm"
          x1="8"
          y1="8"
          x2="8"
          y2="1.5"
          transform={`rotate(${Math.round(degrees) - 90} 8 8)`}
        />
      )}
    </svg>
  );
}

/** What an actuator on several wires was told; a colour as one sees it, and a display as it shows. */
function Told({ actuator: { label, value, text, dots } }: { readonly actuator: Actuator }) {
  const shows = (text?.join('') ?? '') !== '' || dots !== undefined;
  return (
    <td colSpan={2}>
      {value?.startsWith('#') && <span class="millrace-colour" style={{ background: value }} aria-hidden="true" />}
      <strong>
        {plain(label)} {!shows && (value ?? BOARD_WORDS.unset)}
      </strong>
      {shows && <Display {...{ text, dots }} />}
    </td>
  );
}

const Read = ({ pin }: { readonly pin: Pin }) => (
  <>
    <td title={plain(pin.label)}>{plain(pin.label)}</td>
    <td class="millrace-pin-value">{valueWords(pin)}</td>
  </>
);
