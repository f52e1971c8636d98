import type { MillraceError } from '../base/index.ts';
import { ask } from './ask.ts';
import { ACTUATORS } from './catalogue/actuators.ts';
import type { Claims } from './claims.ts';
import { errors } from './errors.ts';
import type { Session } from './link.ts';
import type { Output, OutputRequest } from './types.ts';
import { actuatorValue } from './values.ts';

export interface HeldOutput extends Output {
  /** Takes the pin on a worker that has just started, and sets what was set before. */
  apply(session: Session): Promise<void>;
  lost(error: MillraceError): void;
  back(): void;
}

/** An actuator on a pin that has been claimed for it. */
export function createOutput(
  { kind, pin, lost, back }: OutputRequest,
  board: string,
  claims: Claims,
  session: () => Session | undefined,
  release: () => void,
): HeldOutput {
  const { safe } = ACTUATORS[kind];
  let value: number | undefined;
  let closed = false;

  return {
    async set(given) {
      if (closed) throw errors.BOARD_CLOSED({ board });
      const wanted = actuatorValue(kind, given);
      if (kind === 'led' && wanted > 0 && wanted < 1) claims.check(pin, 'pwm');
      value = wanted;
      await ask(board, session(), (open) => open.call('setOutput', kind, pin, wanted));
      return wanted;
    },
    async apply(open) {
      await open.call('takeOutput', kind, pin);
      if (value !== undefined) await open.call('setOutput', kind, pin, value);
    },
    lost: (error) => lost?.(error),
    back: () => back?.(),
    async close() {
      if (closed) return;
      closed = true;
      // Something that was never set is left as it is: a servo would jump.
      const open = value === undefined ? undefined : session();
      // A worker that ended meanwhile has no output left to be made safe.
      await open?.call('setOutput', kind, pin, safe).catch(() => undefined);
      release();
    },
  };
}
