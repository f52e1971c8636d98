import { asMillraceError, type Clock, type MillraceError, type Timer } from '../base/index.ts';
import { ask } from './ask.ts';
import { ACTUATORS, paceOf, safeValue } from './catalogue/actuators.ts';
import { chipLabel } from './catalogue/actuators/chips.ts';
import type { OutputValue } from './catalogue/actuators/takes.ts';
import type { ActuatorEntry } from './catalogue/types.ts';
import type { Claims } from './claims.ts';
import { errors } from './errors.ts';
import type { Session } from './link.ts';
import type { OutputWiring } from './session/protocol.ts';
import type { Output, OutputRequest } from './types.ts';
import { outputValue } from './values.ts';
import { hex } from './virtual/i2c.ts';
import { within } from './within.ts';

export interface AppliedOutput extends Output {
  /** Takes the pins on a worker that has just started, and sets what was set before. */
  apply(session: Session): Promise<void>;
  lost(error: MillraceError): void;
  back(): void;
}

export interface OutputOptions {
  readonly asked: Pick<OutputRequest, 'lost' | 'back'>;
  readonly wiring: OutputWiring;
  readonly board: string;
  readonly claims: Claims;
  /** The chips on the bus of a virtual board, in words; '' of hardware. */
  readonly there: string;
  /** Of a virtual board: which other chip is where its own is expected. */
  readonly other?: string | undefined;
  readonly clock: Clock;
  readonly session: () => Session | undefined;
  /** Why there is no session; `undefined` while the board is connected for the first time. */
  readonly problem: () => MillraceError | undefined;
  readonly connecting: () => boolean;
  /** Hears what was set, and what a matrix of lamps shows of it. */
  readonly shown: (value: OutputValue, dots?: readonly string[]) => void;
  /** Gives back what was claimed for it. */
  readonly release: () => void;
}

/** ms that a worker gets to make an output safe: one that hangs must not keep a deploy from ending. */
const LAST_WORDS = 1000;

/** An actuator on pins that have been claimed for it. */
export function createOutput({
  asked,
  wiring,
  board,
  claims,
  there,
  other,
  clock,
  session,
  problem,
  connecting,
  shown,
  release,
}: OutputOptions): AppliedOutput {
  const { kind, pins, options } = wiring;
  const pace = paceOf(kind);
  const entry: ActuatorEntry = ACTUATORS[kind];
  const chip = chipLabel(entry.chip ?? '') ?? entry.label;
  /** What it was set to last, whether the board got it or not. */
  let value: OutputValue | undefined;
  /** What it is at. */
  let at: OutputValue | undefined;
  /** Steps that were asked for before there was a board. */
  const early: OutputValue[] = [];
  let closed = false;
  /** Until when the line and the component are busy with the value before. */
  let rest: Timer | undefined;
  let taken: Promise<void> | undefined;
  /** A value came meanwhile. */
  let waiting = false;
  /** It was told that a value which had waited could not be set, and nothing could since. */
  let failed = false;

  /** One that could not be taken, such as a chip that was not there, is tried again with the next value. */
  const take = async (open: Session): Promise<void> => {
    const place = { address: hex(wiring.address), board };
    // Before anything is written to it.
    if (other) throw errors.CHIP_WRONG({ component: chip, found: other.replace(/ \(.*/, ''), lacks: '', ...place });
    taken ??= open
      .call('takeOutput', wiring)
      .then((answers) => {
        if (!answers) throw errors.CHIP_ABSENT({ chip, there, ...place });
      })
      .catch((thrown: unknown) => {
        taken = undefined;
        throw thrown;
      });
    return taken;
  };
  const check = (wanted: OutputValue) => {
    if (kind === 'led' && wanted !== 0 && wanted !== 1) claims.check(pins[0] ?? '', 'pwm');
  };
  const put = async (open: Session, wanted: OutputValue) => {
    const dots = await open.call('setOutput', wiring, wanted);
    // Another one came meanwhile, and is on its way.
    if (wanted === value) at = wanted;
    shown(wanted, dots);
  };
  const write = (wanted: OutputValue) =>
    ask(board, session(), async (open) => {
      await take(open);
      await put(open, wanted);
    });
  const pause = () => {
    if (pace === 0) return;
    rest = clock.after(pace, () => {
      rest = undefined;
      if (!waiting || value === undefined) return;
      waiting = false;
      pause();
      // A board that is lost meanwhile has told so already, and gets the value when it is back.
      const told = (thrown: unknown) => {
        at = undefined;
        const error = asMillraceError(thrown);
        // Whoever set it has been answered already.
        if (!session() || error.code === 'BOARD_LOST' || closed) return;
        failed = true;
        asked.lost?.(error);
      };
      const set = () => {
        if (failed && !closed) asked.back?.();
        failed = false;
      };
      write(value).then(set, told);
    });
  };

  const makeSafe = async (open: Session | undefined): Promise<void> => {
    // Something that was never set is left as it is: a servo would jump. A worker that ended has no output to be made safe.
    const safe = safeValue(kind, options);
    // Both are said at once: whoever has the pins next is heard after.
    const said: Promise<unknown>[] = [];
    if (open && value !== undefined && safe !== undefined) said.push(open.call('setOutput', wiring, safe));
    if (open) said.push(open.call('leaveOutput', wiring));
    await Promise.allSettled(said);
  };

  return {
    async set(given) {
      if (closed) throw errors.BOARD_CLOSED({ board });
      const wanted = outputValue(kind, given, options);
      check(wanted);
      value = wanted;
      if (!session()) {
        const reason = problem();
        if (reason) throw reason;
        if (connecting()) {
          if (pace === 0) early.push(wanted);
          return wanted;
        }
      }
      if (rest && session()) {
        waiting = true;
        return (at = wanted);
      }
      rest?.cancel();
      pause();
      await write(wanted);
      // Who set it hears so.
      failed = false;
      return wanted;
    },
    async apply(open) {
      taken = undefined;
      failed = false;
      await take(open);
      // Steps that were made are not made again.
      const wanted = pace === 0 ? early.splice(0) : value === undefined ? [] : [value];
      for (const each of wanted) {
        // What the board can do was not known before.
        check(each);
        await put(open, each);
      }
    },
    value: () => at,
    lost(error) {
      at = undefined;
      early.length = 0;
      asked.lost?.(error);
    },
    back: () => asked.back?.(),
    async close() {
      if (closed) return;
      closed = true;
      rest?.cancel();
      await within(clock, LAST_WORDS, makeSafe(session()));
      release();
    },
  };
}
