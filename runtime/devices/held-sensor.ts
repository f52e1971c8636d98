import type { MillraceError } from '../base/index.ts';
import { SENSORS } from './catalogue/sensors.ts';
import type { SensorEntry } from './catalogue/types.ts';
import type { Claim } from './claims.ts';
import { errors } from './errors.ts';
import { wrongChip } from './wrong-chip.ts';
import type { Fault, SensorRequest } from './session/protocol.ts';
import type { Listener, Measurement } from './types.ts';
import { hex } from './virtual/i2c.ts';

export interface HeldSensor {
  readonly request: SensorRequest;
  readonly entry: SensorEntry;
  readonly claims: readonly Claim[];
  value(measurement: Measurement): void;
  /** No readings come from it. */
  silent(fault: Fault): void;
  lost(error: MillraceError): void;
  back(): void;
}

/**
 * What a node hears of its sensor: that it fell silent once, and that it is back before the next value.
 *
 * @param there the chips on the bus of a virtual board, in words; '' of hardware
 */
export function holdSensor(
  request: SensorRequest,
  claims: readonly Claim[],
  board: string,
  there: string,
  listener: Listener<Measurement>,
): HeldSensor {
  let silent = false;
  let answered = false;
  const entry = SENSORS[request.kind];
  const { label, chip } = entry;
  const address = hex(request.address ?? 0);

  return {
    ...{ request, entry, claims },
    value(measurement) {
      answered = true;
      if (silent) listener.back?.();
      silent = false;
      listener.next(measurement);
    },
    silent(fault) {
      silent = true;
      if (fault.what === 'wrong') return listener.lost?.(wrongChip(entry, fault.other, address, board));
      const where = chip ? `at ${address}` : `on pin ${request.pins.join(', ')}`;
      listener.lost?.(
        chip && !answered && fault.what === 'nothing'
          ? errors.CHIP_ABSENT({ chip: label, address, board, there })
          : errors.CHIP_SILENT({ component: label, where, board, answers: fault.what === 'empty' }),
      );
    },
    lost(error) {
      silent = false;
      listener.lost?.(error);
    },
    back() {
      silent = false;
      answered = false;
      listener.back?.();
    },
  };
}
