import type { BoardAbilities } from '../messages/index.ts';
import type { Claims } from './claims.ts';
import type { BoardSettings } from './settings.ts';
import { worldWiring } from './wiring.ts';

/** What a board has said of itself. */
export interface BoardNature {
  readonly settings: BoardSettings;
  readonly connected: boolean;
  readonly firmware: string;
  readonly features: readonly string[];
}

/** Bits on the line for each byte: one starts it, one ends it. */
const BITS_PER_BYTE = 10;

/** What a board can do and who uses it, as the dialogs ask for it. */
export function abilitiesOf({ settings, connected, firmware, features }: BoardNature, claims: Claims): BoardAbilities {
  const holders = (pin: string) => [
    ...new Set(
      claims
        .all()
        .filter((claim) => claim.pin === pin)
        .map(({ holder }) => holder),
    ),
  ];
  return {
    connected,
    hardware: settings.kind,
    firmware,
    pins: claims.pins().map(({ name, uses }) => ({ name, uses: [...uses], holders: holders(name) })),
    features: [...features],
    ...worldWiring(settings),
    ...(settings.kind === 'serial' && { bytesPerSecond: settings.baud / BITS_PER_BYTE }),
  };
}
