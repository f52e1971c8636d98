import { errors } from './errors.ts';
import type { PinAbility, PinUse } from './session/protocol.ts';

export interface Claim {
  /** The node that holds it. */
  readonly holder: string;
  /** What is wired there, for the sidebar. */
  readonly label: string;
  readonly pin: string;
  readonly use: PinUse;
}

/** `A0` and `D13`, however a user writes them. */
export function normalisePin(pin: string): string {
  const name = pin.trim().toUpperCase();
  return /^\d+$/.test(name) ? `D${name}` : name;
}

const isInput = (use: PinUse) => use === 'analog' || use === 'digital';
const WORDS: Readonly<Record<PinUse, string>> = {
  analog: 'analog input',
  digital: 'digital input',
  output: 'output',
  pwm: 'fading (PWM)',
  servo: 'servo',
  i2c: 'I²C',
};

/** Who holds which pin of a board. Inputs of one kind are shared; an output is its node's alone. */
export function createClaims(board: string) {
  let abilities: readonly PinAbility[] = [];
  const claims = new Set<Claim>();

  return {
    /** What the connected board's pins can do. */
    learn(pins: readonly PinAbility[]): void {
      abilities = pins;
    },
    /** @throws PIN_UNKNOWN, PIN_MODE */
    check(pin: string, use: PinUse): void {
      const ability = abilities.find(({ name }) => name === pin);
      const names = (pins: readonly PinAbility[]) => pins.map(({ name }) => name).join(', ');
      if (!ability) throw errors.PIN_UNKNOWN({ pin, board, pins: names(abilities) });
      if (ability.uses.includes(use)) return;
      const able = abilities.filter(({ uses }) => uses.includes(use));
      throw errors.PIN_MODE({ pin, board, mode: WORDS[use], pins: names(able) });
    },
    /**
     * @returns what gives the pin back
     * @throws PIN_UNKNOWN, PIN_MODE, PIN_TAKEN
     */
    take(claim: Claim): () => void {
      this.check(claim.pin, claim.use);
      const conflict = [...claims].find(({ pin, use }) => pin === claim.pin && !(isInput(use) && use === claim.use));
      if (conflict) throw errors.PIN_TAKEN({ pin: claim.pin, board, holder: conflict.holder, asker: claim.holder });
      claims.add(claim);
      return () => void claims.delete(claim);
    },
    all: (): readonly Claim[] => [...claims],
    /** Every pin of the connected board. */
    pins: (): readonly PinAbility[] => abilities,
  };
}

export type Claims = ReturnType<typeof createClaims>;
