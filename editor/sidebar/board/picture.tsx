import type { BoardView } from '../../../runtime/messages/index.ts';
import { BOARD_WORDS, isOutput, type Pin, pinWords } from '../../look/board-words.ts';
import { Gadget } from './gadget.tsx';
import { BOARD, HEIGHT, layoutFor, type PinPlace, WIDTH } from './layout.ts';

/** Deep in the board, where its name is printed. */
const FACE = { x: 128, y: 122 };
const SOCKET = 9;

interface PictureProps {
  readonly view: BoardView;
  /** The pin that is pointed at. */
  readonly chosen: string | undefined;
  choose(pin: string | undefined): void;
}

/** The board as it lies on a bench: its sockets, what is wired to them, and what that does now. */
export function Picture({ view, chosen, choose }: PictureProps) {
  const { pins, board, connected, hardware } = view;
  const { uno, places } = layoutFor(pins.map(({ pin }) => pin));
  const used = new Map(pins.map((pin) => [pin.pin, pin]));
  // What is wired to pin 13 of an Uno has a lamp of the board beside it.
  const lamp = used.get('D13');
  const lit = lamp && isOutput(lamp) ? (lamp.level ?? lamp.value) : 0;
  return (
    <svg
      class={connected ? 'millrace-board' : 'millrace-board millrace-board-away'}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="group"
      aria-label={BOARD_WORDS.picture(board, pins.length)}
    >
      <g aria-hidden="true">
        <rect class="millrace-board-base" {...BOARD} rx={9} />
        {hardware !== 'tcp' && <rect class="millrace-board-metal" x={6} y={62} width={38} height={34} rx={2} />}
        <rect class="millrace-board-dark" x={12} y={126} width={34} height={28} rx={2} />
        <rect class="millrace-board-dark" x={150} y={108} width={150} height={22} rx={2} />
        <text class="millrace-board-name" x={225} y={123}>
          {uno ? 'ATmega328P' : ''}
        </text>
        <text class="millrace-board-print" x={FACE.x} y={FACE.y} text-anchor="end">
          {uno ? 'UNO' : ''}
        </text>
        <Light x={70} label="L" level={lit} />
        <Light x={306} label="ON" level={connected ? 1 : 0} steady />
      </g>
      {places.map((place) => (
        <Socket key={place.pin} place={place} pin={used.get(place.pin)} chosen={chosen === place.pin} choose={choose} />
      ))}
    </svg>
  );
}

function Light({ x, label, level, steady = false }: { x: number; label: string; level: number; steady?: boolean }) {
  return (
    <>
      <rect class="millrace-board-dark" x={x} y={84} width={9} height={5} rx={1} />
      <rect
        class={steady ? 'millrace-board-power' : 'millrace-bulb-light'}
        {...{ x, y: 84, width: 9, height: 5, rx: 1, opacity: level }}
      />
      <text class="millrace-board-small" x={x + 12} y={89}>
        {label}
      </text>
    </>
  );
}

interface SocketProps {
  readonly place: PinPlace;
  readonly pin: Pin | undefined;
  readonly chosen: boolean;
  choose(pin: string | undefined): void;
}

function Socket({ place: { pin: name, print, x, side }, pin, chosen, choose }: SocketProps) {
  const [away, y] = side === 'top' ? ([-1, BOARD.y] as const) : ([1, BOARD.y + BOARD.height] as const);
  const centre = y - away * 9;
  const socket = (
    <>
      <rect
        class={pin ? 'millrace-socket millrace-socket-used' : 'millrace-socket'}
        {...{ x: x - SOCKET / 2, y: centre - SOCKET / 2, width: SOCKET, height: SOCKET, rx: 1.5 }}
      />
      <text class="millrace-board-small" x={x} y={y - away * 22 + 3} text-anchor="middle">
        {print}
      </text>
    </>
  );
  if (!pin) return <g aria-hidden="true">{socket}</g>;
  const [show, hide] = [() => choose(name), () => choose(undefined)];
  return (
    <g
      class={chosen ? 'millrace-used-pin millrace-used-pin-chosen' : 'millrace-used-pin'}
      tabIndex={0}
      role="img"
      aria-label={pinWords(pin)}
      {...{ onMouseEnter: show, onMouseLeave: hide, onFocus: show, onBlur: hide }}
    >
      {/* Something to point at, where lines are thin. */}
      <rect class="millrace-pin-area" x={x - 9} y={side === 'top' ? 0 : centre - 8} width={18} height={62} rx={4} />
      {socket}
      <Gadget pin={pin} x={x} y={y} away={away} />
    </g>
  );
}
