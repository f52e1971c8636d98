import { type Clock, type MillraceError, type Timer, toPlainError } from '../base/index.ts';
import { askedBy } from './catalogue/actuators/pulses.ts';
import { CHANNEL_KINDS } from './catalogue/channels.ts';
import type { PinUse, ValueEntry } from './catalogue/types.ts';
import type { Claims } from './claims.ts';
import { toUnit } from './conversion.ts';
import type { OutputWiring, SessionEvent } from './session/protocol.ts';
import { analogVoltsOf, type BoardSettings, hasWorld } from './settings.ts';
import { displayOf, isDrawn } from './shown-display.ts';
import type { BoardState } from './types.ts';
import { controlsAt } from './world/controls.ts';
import { describeScene } from './world/schema.ts';
import type { WorldState } from './world/types.ts';

/** ms between states that only bring new readings. */
const SPACING = 250;

/** The most that a converter counts to. */
const FULL = 1023;

/** What an actuator on several wires was set to, in words and as its display has it. */
type Told = Pick<NonNullable<BoardState['actuators']>[number], 'text' | 'dots'> & { readonly value: string };

const OUTPUTS: readonly PinUse[] = ['output', 'pwm', 'servo'];

/** The last value of a pin, in the unit of what is wired there. */
interface Shown {
  readonly value: number;
  readonly unit?: string;
  readonly level?: number;
}

/** Keeps what the sidebar shows of a board, and tells those who listen, readings at most four times a second. */
export function createState(board: string, clock: Clock, claims: Claims, settings: BoardSettings) {
  const listeners = new Set<(state: BoardState) => void>();
  const values = new Map<string, Shown>();
  const modes = new Map<string, string>();
  /** Pins whose output was set since the board is connected. */
  const driven = new Set<string>();
  /** What chips on the I2C bus gave or were given last, in words, by address and name. */
  const chips = new Map<number, Map<string, string>>();
  /** Actuators on several wires, by these: what they were set to last. */
  const actuators = new Map<string, Told | undefined>();
  let connected = false;
  let since = clock.now();
  let problem: BoardState['problem'];
  let world: WorldState = {};
  let told = -SPACING;
  let timer: Timer | undefined;

  /** What only a virtual board has. */
  const surroundings = (): Pick<BoardState, 'scene' | 'controls'> => {
    if (!hasWorld(settings.kind)) return {};
    return { scene: settings.scene, controls: controlsAt(describeScene(settings).controls, world) };
  };

  const chipsOf = (): NonNullable<BoardState['chips']> => {
    const used = claims.addresses();
    return [...new Set(used.map(({ address }) => address))]
      .sort((a, b) => a - b)
      .map((address) => {
        const uses = used.filter((claim) => claim.address === address);
        const values = chips.get(address) ?? new Map<string, string>();
        const kinds = uses.flatMap(({ kind = [] }) => kind);
        return {
          address,
          label: [...new Set(uses.map(({ label }) => label))].join(', '),
          holders: [...new Set(uses.map(({ holder }) => holder))],
          values: [...values].filter(([name]) => !isDrawn(name)).map(([name, value]) => `${name} ${value}`.trim()),
          ...displayOf(values, kinds),
        };
      });
  };

  const actuatorsOf = (): NonNullable<BoardState['actuators']> =>
    [...actuators].map(([key, told]) => {
      const pins = key.split(' ');
      const uses = claims.all().filter(({ pin }) => pins.includes(pin));
      return {
        pins,
        label: [...new Set(uses.map(({ label }) => label))].join(', '),
        holders: [...new Set(uses.map(({ holder }) => holder))],
        ...told,
      };
    });

  const state = (): BoardState => {
    const all = claims.all();
    const signals = new Set([...actuators.keys()].flatMap((key) => key.split(' ')));
    const shown = [...new Set(all.map(({ pin }) => pin))].map((pin) => {
      const uses = all.filter((claim) => claim.pin === pin);
      const label = [...new Set(uses.map((each) => each.label))].join(', ');
      const unset = uses.some(({ use }) => OUTPUTS.includes(use)) && !driven.has(pin) ? { unset: true } : {};
      const holders = [...new Set(uses.map(({ holder }) => holder))];
      const mode = modes.get(pin) ?? uses[0]?.use ?? '';
      return {
        pin,
        mode: mode === 'output' && signals.has(pin) ? 'signal' : mode,
        label,
        holders,
        value: 0,
        ...values.get(pin),
        ...unset,
      };
    });
    const order = (pin: string) => (pin.startsWith('A') ? 0 : 100) + Number(pin.slice(1));
    shown.sort((a, b) => order(a.pin) - order(b.pin));
    const link = { connected, since, ...(problem && { problem }) };
    const onBus = chipsOf();
    const used = onBus.length > 0 ? { chips: onBus } : {};
    const driving = actuators.size > 0 ? { actuators: actuatorsOf() } : {};
    return { ...link, board, pins: shown, world, hardware: settings.kind, ...surroundings(), ...used, ...driving };
  };

  const tell = () => {
    timer?.cancel();
    timer = undefined;
    if (listeners.size === 0) return;
    told = clock.monotonic();
    const now = state();
    for (const listener of listeners) listener(now);
  };
  const soon = () => {
    if (timer || listeners.size === 0) return;
    timer = clock.after(Math.max(0, SPACING - (clock.monotonic() - told)), tell);
  };

  return {
    state,
    listen(listener: (state: BoardState) => void): () => void {
      listeners.add(listener);
      soon();
      return () => void listeners.delete(listener);
    },
    /** @param gives what the catalogue says of the value */
    reading(pin: string, value: number, gives?: ValueEntry): void {
      values.set(pin, { value, ...(gives?.unit && { unit: gives.unit }), ...levelOf(value, gives) });
      soon();
    },
    frame(
      { pins, counts }: Extract<SessionEvent, { kind: 'frame' }>,
      kinds: ReadonlyMap<string, Parameters<typeof toUnit>[0]>,
    ): void {
      pins.forEach((pin, index) => {
        const kind = kinds.get(pin) ?? (pin.includes(':') ? undefined : 'volts');
        // A word of a chip that nobody wants.
        if (kind === undefined) return;
        const count = counts[index] ?? 0;
        if (CHANNEL_KINDS[kind].chip) {
          const { label, unit } = CHANNEL_KINDS[kind];
          return this.chip(Number.parseInt(pin, 10), label, `${toUnit(kind, count).toPrecision(3)} ${unit}`);
        }
        values.set(pin, {
          value: toUnit(kind, count, analogVoltsOf(settings)),
          unit: CHANNEL_KINDS[kind].unit,
          level: count / FULL,
        });
      });
      soon();
    },
    /** A chip at this address gave a value, or was given one. */
    chip(address: number, name: string, value: number | string): void {
      const values = chips.get(address) ?? new Map<string, string>();
      chips.set(address, values);
      values.set(name, typeof value === 'string' ? value : String(Number(value.toPrecision(4))));
      soon();
    },
    /** What drives an output of a chip has let go of it. */
    chipLeft(address: number, name: string): void {
      chips.get(address)?.delete(name);
      soon();
    },
    /** What the display of a virtual chip shows. What its other outputs do is said by those who drive them, as on hardware. */
    drives(address: number, output: string, value: number | string): void {
      if (isDrawn(output)) this.chip(address, output, value);
    },
    /** A sensor that is a chip gave these values. */
    chipReading(address: number, gives: readonly ValueEntry[], value: unknown): void {
      const values = typeof value === 'object' && value !== null ? value : { [gives[0]?.name ?? '']: value };
      for (const [name, given] of Object.entries(values)) {
        const unit = gives.find((each) => each.name === name)?.unit ?? '';
        const text = typeof given === 'number' ? String(Number(given.toPrecision(4))) : String(given);
        this.chip(address, name, [text, unit].filter(Boolean).join(' '));
      }
    },
    /** @param on the actuator that is there */
    output(pin: string, mode: string, value: number, on?: Pick<OutputWiring, 'kind' | 'options'>): void {
      modes.set(pin, mode);
      values.set(pin, outputValue(mode, value, on));
      tell();
    },
    /** An output was set: what its pins are at is what was asked for. */
    driven(pins: readonly string[]): void {
      for (const pin of pins) driven.add(pin);
      soon();
    },
    /** An actuator on several wires is there, and was set to this. */
    actuator(pins: readonly string[], told?: Told): void {
      actuators.set(pins.join(' '), told);
      soon();
    },
    actuatorLeft(pins: readonly string[]): void {
      actuators.delete(pins.join(' '));
      soon();
    },
    /** A pin was taken or given back. */
    claimed(pin: string): void {
      modes.delete(pin);
      driven.delete(pin);
      soon();
    },
    world(now: WorldState): void {
      world = now;
      tell();
    },
    /** @param error why it is not */
    connected(now: boolean, error?: MillraceError): void {
      if (now !== connected) since = clock.now();
      connected = now;
      problem = error && toPlainError(error);
      if (!now) {
        values.clear();
        driven.clear();
        chips.clear();
        for (const key of actuators.keys()) actuators.set(key, undefined);
      }
      tell();
    },
    close(): void {
      timer?.cancel();
      listeners.clear();
    },
  };
}

/** An output as it was asked for: a brightness of 0 to 1, or the angle or speed that a pulse stands for. */
function outputValue(mode: string, value: number, on?: Pick<OutputWiring, 'kind' | 'options'>): Shown {
  if (mode === 'pwm') return { value: Math.round((value / 255) * 100) / 100, level: value / 255 };
  if (mode !== 'servo') return { value, level: Math.min(1, value) };
  const { value: asked, unit } = askedBy(value, on);
  if (unit === '') return { value: Math.round(asked * 100) / 100, level: clipped(Math.abs(asked)) };
  return { value: Math.round(asked), unit, level: clipped(asked / 180) };
}

function levelOf(value: number, { min = 0, max = 1 }: Partial<ValueEntry> = {}): { level?: number } {
  const level = (value - min) / (max - min);
  return Number.isFinite(level) ? { level: clipped(level) } : {};
}

const clipped = (level: number) => Math.min(1, Math.max(0, level));
