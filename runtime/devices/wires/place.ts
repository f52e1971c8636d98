import type { Clock } from '../../base/index.ts';
import type { BoardSettings } from '../settings.ts';
import type { Holders } from './holders.ts';
import { serialPlace } from './serial.ts';
import { tcpPlace } from './tcp.ts';
import type { WirePlace } from './wire.ts';

export interface PlaceOptions {
  /** The board's name, for whoever wants the same port. */
  readonly board: string;
  readonly settings: BoardSettings;
  readonly clock: Clock;
  readonly holders: Holders;
}

/** Where the board of these settings is plugged in; `undefined` of a virtual one. */
export function placeOf(options: PlaceOptions): WirePlace | undefined {
  switch (options.settings.kind) {
    case 'serial':
      return serialPlace(options);
    case 'tcp':
      return tcpPlace(options);
    default:
      return undefined;
  }
}
