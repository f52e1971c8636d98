import type { MillraceError } from '../base/index.ts';
import { ask } from './ask.ts';
import { ACTUATORS } from './catalogue/actuators.ts';
import type { OutputValue } from './catalogue/actuators/takes.ts';
import type { Claims } from './claims.ts';
import { errors } from './errors.ts';
import type { Session } from './link.ts';
import type { OutputWiring } from './session/protocol.ts';
import type { Output, OutputRequest } from './types.ts';
import { outputValue } from './values.ts';

export interface AppliedOutput extends Output {
  /** Takes the pin on a worker that has just started, and sets what was set before. */
  apply(session: Session): Promise<void>;
  lost(error: MillraceError): void;
  back(): void;
}

/** An actuator on pins that have been claimed for it. */
export function createOutput(
  { lost, back }: Pick<OutputRequest, 'lost' | 'back'>,
  wiring: OutputWiring,
  board: string,
  claims: Claims,
  session: () => Session | undefined,
  release: () => void,
): AppliedOutput {
  const { kind, pins, options } = wiring;
  const { safe } = ACTUATORS[kind];
  let value: OutputValue | undefined;
  let closed = false;

  return {
    async set(given) {
      if (closed) throw errors.BOARD_CLOSED({ board });
      const wanted = outputValue(kind, given, options);
      if (kind === 'led' && wanted !== 0 && wanted !== 1) claims.check(pins[0] ?? '', 'pwm');
      value = wanted;
      await ask(board, session(), (open) => open.call('setOutput', wiring, wanted));
      return wanted;
    },
    async apply(open) {
      await open.call('takeOutput', wiring);
      if (value !== undefined) await open.call('setOutput', wiring, value);
    },
    lost: (error) => lost?.(error),
    back: () => back?.(),
    async close() {
      if (closed) return;
      closed = true;
      // Something that was never set is left as it is: a servo would jump.
      const open = value === undefined ? undefined : session();
      // A worker that ended meanwhile has no output left to be made safe.
      await open?.call('setOutput', wiring, safe).catch(() => undefined);
      release();
    },
  };
}
