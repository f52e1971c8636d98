/** The door is open while a gateway is paired or a pairing code is: a studio that has none listens to nobody. */
import { type Clock, type Timer, toPlainError } from '../base/index.ts';
import { type Door, type DoorOptions, openDoor } from './door.ts';

/** ms until a port that was taken is tried again. */
const AGAIN = 30_000;

export interface Entrance {
  /** Port that is listened on. */
  readonly port: number | undefined;
  /** Why it is not open although it should be. */
  readonly problem: unknown;
  /** @throws GATEWAY_PORT_IN_USE, GATEWAY_ADDRESS_UNUSABLE */
  open(): Promise<void>;
  /** As `open`; where that fails it is told and tried again. */
  keepOpen(): Promise<void>;
  close(): Promise<void>;
}

export function createEntrance(
  options: () => Promise<DoorOptions>,
  clock: Clock,
  warn: (error: unknown) => void,
): Entrance {
  let door: Door | undefined;
  let problem: unknown;
  let again: Timer | undefined;
  /** One opening or closing after the other. */
  let turn: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const rest = () => {
    again?.cancel();
    again = undefined;
  };

  const open = () =>
    inTurn(async () => {
      if (door) return;
      try {
        door = await openDoor(await options());
        problem = undefined;
        rest();
      } catch (error) {
        problem = error;
        throw error;
      }
    });
  const keepOpen = (): Promise<void> =>
    open().catch((error: unknown) => {
      // Once: the operator need not read it every half minute.
      if (!again) warn(toPlainError(error));
      again = clock.after(AGAIN, () => void keepOpen());
    });

  return {
    get port() {
      return door?.port;
    },
    get problem() {
      return problem;
    },
    open,
    keepOpen,
    close: () =>
      inTurn(async () => {
        rest();
        problem = undefined;
        await door?.close();
        door = undefined;
      }),
  };
}
