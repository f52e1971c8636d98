import { asMillraceError, type MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { hex } from './virtual/i2c.ts';
import type { ChipOption } from './catalogue/fast-chips.ts';
import { PIN_USE_WORDS } from './catalogue/pin-uses.ts';
import type { PinAbility, PinUse } from './session/protocol.ts';

export interface Claim {
  /** The node that holds it. */
  readonly holder: string;
  /** What is wired there, for the sidebar. */
  readonly label: string;
  readonly pin: string;
  readonly use: PinUse;
  /** Of a digital input: with the board's own pull-up. */
  readonly pullup?: boolean;
}

/** A place on the I2C bus. */
export interface AddressClaim {
  readonly holder: string;
  readonly label: string;
  readonly address: number;
  /** What is expected there: a chip that serves in several roles is the same chip. */
  readonly chip: string;
  /** As what of the catalogue it is driven. */
  readonly kind?: string;
  /** Its outputs that are its own: nobody else can have them. */
  readonly outputs?: readonly number[];
  /** How it has to be set up. */
  readonly setup?: readonly ChipOption[];
  /** It is set up once and read all the time: nobody else may set it up in another way. Others set it up before each reading. */
  readonly steady?: true;
}

const isShared = (use: PinUse) => use === 'analog' || use === 'digital' || use === 'i2c';

/** What is set up in another way by one of the two than the other needs it. */
function differing(one: AddressClaim, other: AddressClaim) {
  if (!one.steady && !other.steady) return undefined;
  const pairs = (one.setup ?? []).flatMap((wanted) => {
    const has = other.setup?.find(({ key }) => key === wanted.key);
    return has && has.value !== wanted.value ? [{ wanted: wanted.label, has: has.label }] : [];
  });
  return pairs[0];
}

/** Who holds which pin of a board. Inputs of one kind are shared; an output is its node's alone. */
export function createClaims(board: string) {
  /** `undefined`: the board has not said yet what it can do. */
  let abilities: readonly PinAbility[] | undefined;
  const claims = new Set<Claim>();
  /** What takes the pins of the bus for those who were given an address before the board had named any. */
  const early = new Map<AddressClaim, () => void>();
  /** Whose bus turned out to have a pin that somebody else holds. */
  const refused = new Map<AddressClaim, MillraceError>();
  const addresses = new Set<AddressClaim>();

  return {
    /** What the connected board's pins can do. Who cannot have its bus is told so by `checkAddress`. */
    learn(pins: readonly PinAbility[]): void {
      abilities = pins;
      for (const [claim, take] of early) {
        refused.delete(claim);
        try {
          take();
          early.delete(claim);
        } catch (thrown) {
          refused.set(claim, asMillraceError(thrown));
        }
      }
    },
    /** @throws PIN_UNKNOWN, PIN_MODE */
    check(pin: string, use: PinUse): void {
      // What a board that is not there can do is seen when it comes.
      if (!abilities) return;
      const ability = abilities.find(({ name }) => name === pin);
      const names = (pins: readonly PinAbility[]) => pins.map(({ name }) => name).join(', ');
      if (!ability) throw errors.PIN_UNKNOWN({ pin, board, pins: names(abilities) });
      if (ability.uses.includes(use)) return;
      const able = abilities.filter(({ uses }) => uses.includes(use));
      throw errors.PIN_MODE({ pin, board, mode: PIN_USE_WORDS[use], pins: names(able) });
    },
    /** @throws PIN_MODE if the board has no I2C bus */
    checkBus(): void {
      if (!abilities || abilities.some(({ uses }) => uses.includes('i2c'))) return;
      throw errors.PIN_MODE({ pin: 'A4', board, mode: PIN_USE_WORDS.i2c, pins: '' });
    },
    /** @throws PIN_MODE if the board has no I2C bus, PIN_TAKEN if a pin of it turned out to be held */
    checkAddress(address: number): void {
      this.checkBus();
      for (const [claim, problem] of refused) if (claim.address === address) throw problem;
    },
    /**
     * @returns what gives the pin back
     * @throws PIN_UNKNOWN, PIN_MODE, PIN_TAKEN
     */
    take(claim: Claim): () => void {
      this.check(claim.pin, claim.use);
      const there = [...claims].filter(({ pin }) => pin === claim.pin);
      const asked = { pin: claim.pin, board, asker: claim.holder, askerIs: claim.label };
      const conflict = there.find(({ use }) => !(isShared(use) && use === claim.use));
      if (conflict) throw errors.PIN_TAKEN({ ...asked, holder: conflict.holder, holderIs: conflict.label });
      const pulled = there.find(({ pullup = false }) => pullup !== (claim.pullup ?? false));
      if (pulled)
        throw errors.PIN_TAKEN({
          ...asked,
          holder: pulled.holder,
          holderIs: pulled.label,
          pullup: pulled.pullup === true,
        });
      claims.add(claim);
      return () => void claims.delete(claim);
    },
    /**
     * Takes a place on the I2C bus, and with it the pins of the bus. Several may have the same chip there.
     *
     * @returns what gives all of it back
     * @throws PIN_MODE if the board has no bus, PIN_TAKEN, ADDRESS_TAKEN, RANGE_TAKEN
     */
    takeAddress(claim: AddressClaim): () => void {
      const { address, chip, holder, label } = claim;
      const bus = () => (abilities ?? []).filter(({ uses }) => uses.includes('i2c')).map(({ name }) => name);
      this.checkBus();
      const conflict = [...addresses].find((held) => held.address === address && held.chip !== chip);
      if (conflict) {
        const { holder: owner, label: other } = conflict;
        throw errors.ADDRESS_TAKEN({ address: hex(address), board, holder: owner, asker: holder, chip: other });
      }
      const shared = [...addresses].filter((held) => held.address === address);
      for (const held of shared) {
        const range = differing(claim, held);
        if (!range) continue;
        const [sensor, steady] = claim.steady ? [held.holder, range.wanted] : [holder, range.has];
        const place = { address: hex(address), board, asker: holder, holder: held.holder };
        throw errors.RANGE_TAKEN({ ...place, ...range, sensor, steady });
      }
      for (const output of claim.outputs ?? []) {
        const owner = shared.find(({ outputs }) => outputs?.includes(output));
        const place = `${output} of the ${chip} at ${hex(address)}`;
        if (!owner) continue;
        const both = { holder: owner.holder, holderIs: owner.label, asker: holder, askerIs: label };
        throw errors.PIN_TAKEN({ pin: place, board, ...both });
      }
      const taken: (() => void)[] = [];
      const takeBus = () => {
        try {
          for (const pin of bus()) taken.push(this.take({ holder, label, pin, use: 'i2c' }));
        } catch (error) {
          for (const give of taken.splice(0)) give();
          throw error;
        }
      };
      takeBus();
      addresses.add(claim);
      if (!abilities) early.set(claim, takeBus);
      return () => {
        for (const give of taken) give();
        early.delete(claim);
        refused.delete(claim);
        addresses.delete(claim);
      };
    },
    /**
     * Takes the bus for those who could not have it, now that a pin was given back.
     *
     * @returns the addresses of those who have it now
     */
    reclaim(): readonly number[] {
      const before = [...refused.keys()];
      if (abilities && before.length > 0) this.learn(abilities);
      return before.filter((claim) => !refused.has(claim)).map(({ address }) => address);
    },
    all: (): readonly Claim[] => [...claims],
    addresses: (): readonly AddressClaim[] => [...addresses],
    /** Every pin of the connected board. */
    pins: (): readonly PinAbility[] => abilities ?? [],
  };
}

export type Claims = ReturnType<typeof createClaims>;
