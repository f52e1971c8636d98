/** Where the picture of a board has its pins. */

export const WIDTH = 340;
export const HEIGHT = 224;
/** The board itself, within the picture: what is wired to it stands above and below. */
export const BOARD = { x: 22, y: 46, width: 312, height: 122 } as const;

export interface PinPlace {
  readonly pin: string;
  /** What is printed beside it. */
  readonly print: string;
  readonly x: number;
  readonly side: 'top' | 'bottom';
}

/** An Arduino Uno marks the pins that can fade. */
const FADES = new Set([3, 5, 6, 9, 10, 11]);
const DIGITAL_STEP = 18.4;
const ANALOG_STEP = 25;

const UNO: readonly PinPlace[] = [
  ...Array.from({ length: 14 }, (_, index): PinPlace => {
    const number = 13 - index;
    // The two sockets stand apart.
    const x = 66 + index * DIGITAL_STEP + (number < 8 ? 9 : 0);
    return { pin: `D${number}`, print: `${FADES.has(number) ? '~' : ''}${number}`, x, side: 'top' };
  }),
  ...Array.from({ length: 6 }, (_, index): PinPlace => {
    return { pin: `A${index}`, print: `A${index}`, x: 191 + index * ANALOG_STEP, side: 'bottom' };
  }),
];

export interface BoardLayout {
  /** It has the shape of an Arduino Uno. */
  readonly uno: boolean;
  readonly places: readonly PinPlace[];
}

/**
 * An Arduino Uno, where all the pins in use are pins of one. Of another board, whose shape nobody knows here: the pins in use, in
 * their order.
 *
 * @example
 * layoutFor(['D13', 'A0']).places.length; // 20
 *
 * @example
 * layoutFor(['D53', 'A0', 'A15']).places.map(({ pin, side }) => `${pin} ${side}`); // ['D53 top', 'A0 bottom', 'A15 bottom']
 */
export function layoutFor(pins: readonly string[]): BoardLayout {
  if (pins.every((pin) => UNO.some((place) => place.pin === pin))) return { uno: true, places: UNO };
  const row = (side: PinPlace['side']): PinPlace[] => {
    const own = pins.filter((pin) => pin.startsWith('A') === (side === 'bottom'));
    const step = Math.min(36, (BOARD.width - 60) / Math.max(1, own.length));
    return own.map((pin, index) => ({ pin, print: pin, x: 66 + index * step, side }));
  };
  return { uno: false, places: [...row('top'), ...row('bottom')] };
}
