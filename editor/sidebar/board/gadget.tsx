import { BOARD_WORDS, hasAngle, isOutput, isServo, isSignal, type Pin, shortValue } from '../../look/board-words.ts';

/** Above or below a pin: how far the wire goes, where the thing on it stands, where its value is written. */
const REACH = 34;
const MIDDLE = 20;
const TEXT = 45;
const BAR = { width: 8, from: 6, length: 28 } as const;

interface GadgetProps {
  readonly pin: Pin;
  readonly x: number;
  /** Of the board's edge. */
  readonly y: number;
  /** −1 above the board, 1 below it. */
  readonly away: -1 | 1;
}

/** What is wired to a pin: a lamp that shines, an arm that turns, or a bar that rises. */
export function Gadget({ pin, x, y, away }: GadgetProps) {
  const level = Math.min(1, Math.max(0, pin.level ?? 0));
  const at = (distance: number) => y + away * distance;
  const bus = /i2c/i.test(pin.mode);
  // It leads to something that is shown as a whole, below the picture.
  const bare = bus || isSignal(pin);
  // Letters stand on their line: above the board they grow away from it, below it towards it.
  const text = at(TEXT) + (away < 0 ? 6 : 0);
  return (
    <g class="millrace-gadget">
      <line class="millrace-wire" x1={x} y1={y} x2={x} y2={at(bare ? REACH - 4 : BAR.from)} />
      {isSignal(pin) && <circle class="millrace-plug" cx={x} cy={at(REACH - 4)} r={2.5} />}
      {!bare && <Thing {...{ pin, x, at, level, away }} />}
      <text class="millrace-gadget-value" x={x} y={text}>
        {bus ? (BOARD_WORDS.bus[pin.pin as keyof typeof BOARD_WORDS.bus] ?? 'I2C') : shortValue(pin)}
      </text>
    </g>
  );
}

interface ThingProps {
  readonly pin: Pin;
  readonly x: number;
  readonly level: number;
  readonly away: -1 | 1;
  at(distance: number): number;
}

function Thing({ pin, x, at, level, away }: ThingProps) {
  if (isServo(pin)) {
    const turn = `rotate(${Math.round(pin.value) - 90} ${x} ${at(MIDDLE)})`;
    return (
      <>
        <circle class="millrace-servo" cx={x} cy={at(MIDDLE)} r={6.5} />
        {hasAngle(pin) && !pin.unset && (
          <line class="millrace-servo-arm" x1={x} y1={at(MIDDLE)} x2={x} y2={at(MIDDLE) - 13} transform={turn} />
        )}
      </>
    );
  }
  if (isOutput(pin)) {
    return (
      <>
        {level > 0 && <circle class="millrace-glow" cx={x} cy={at(MIDDLE)} r={12} opacity={0.35 * level} />}
        <circle class="millrace-bulb" cx={x} cy={at(MIDDLE)} r={6.5} />
        <circle class="millrace-bulb-light" cx={x} cy={at(MIDDLE)} r={6.5} opacity={level} />
      </>
    );
  }
  const foot = away < 0 ? at(BAR.from) : at(BAR.from + BAR.length);
  const height = BAR.length * level;
  return (
    <>
      <rect
        class="millrace-gauge"
        {...{ x: x - BAR.width / 2, y: foot - BAR.length, width: BAR.width, height: BAR.length, rx: 2 }}
      />
      <rect
        class="millrace-gauge-level"
        {...{ x: x - BAR.width / 2, y: foot - height, width: BAR.width, height, rx: 2 }}
      />
    </>
  );
}
