import type { Clock, Timer } from '../base/index.ts';
import type { Claims } from './claims.ts';
import { toUnit } from './conversion.ts';
import type { SessionEvent } from './session/protocol.ts';
import { type BoardSettings, hasWorld } from './settings.ts';
import type { BoardState } from './types.ts';
import { controlsAt } from './world/controls.ts';
import { describeScene } from './world/schema.ts';
import type { WorldState } from './world/types.ts';

/** ms between states that only bring new readings. */
const SPACING = 250;

/** Keeps what the sidebar shows of a board, and tells those who listen, readings at most four times a second. */
export function createState(board: string, clock: Clock, claims: Claims, settings: BoardSettings) {
  const listeners = new Set<(state: BoardState) => void>();
  /** The last value of each pin, in the unit of what is wired there. */
  const values = new Map<string, number>();
  const modes = new Map<string, string>();
  /** What chips on the I2C bus gave or were given last, in words, by address and name. */
  const chips = new Map<number, Map<string, string>>();
  let connected = true;
  let world: WorldState = {};
  let told = -SPACING;
  let timer: Timer | undefined;

  /** What only a virtual board has. */
  const surroundings = (): Pick<BoardState, 'scene' | 'controls'> => {
    if (!hasWorld(settings.kind)) return {};
    return { scene: settings.scene, controls: controlsAt(describeScene(settings).controls, world) };
  };

  const chipsOf = (): NonNullable<BoardState['chips']> => {
    const labels = new Map<number, Set<string>>();
    for (const { address, label } of claims.addresses()) {
      labels.set(address, (labels.get(address) ?? new Set()).add(label));
    }
    return [...labels]
      .sort(([a], [b]) => a - b)
      .map(([address, names]) => ({
        address,
        label: [...names].join(', '),
        values: [...(chips.get(address) ?? [])].map(([name, value]) => `${name} ${value}`),
      }));
  };

  const state = (): BoardState => {
    const pins = new Map<string, BoardState['pins'][number]>();
    for (const { pin, use, label } of claims.all()) {
      const held = pins.get(pin);
      const labels = held && held.label !== label ? `${held.label}, ${label}` : label;
      pins.set(pin, { pin, mode: modes.get(pin) ?? use, label: labels, value: values.get(pin) ?? 0 });
    }
    const order = (pin: string) => (pin.startsWith('A') ? 0 : 100) + Number(pin.slice(1));
    const shown = [...pins.values()].sort((a, b) => order(a.pin) - order(b.pin));
    const onBus = chipsOf();
    const used = onBus.length > 0 ? { chips: onBus } : {};
    return { connected, board, pins: shown, world, hardware: settings.kind, ...surroundings(), ...used };
  };

  const tell = () => {
    timer?.cancel();
    timer = undefined;
    told = clock.monotonic();
    if (listeners.size === 0) return;
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
    reading(pin: string, value: number): void {
      values.set(pin, value);
      soon();
    },
    frame(
      { pins, counts }: Extract<SessionEvent, { kind: 'frame' }>,
      kinds: ReadonlyMap<string, Parameters<typeof toUnit>[0]>,
    ): void {
      pins.forEach((pin, index) => values.set(pin, toUnit(kinds.get(pin) ?? 'volts', counts[index] ?? 0)));
      soon();
    },
    /** A chip at this address gave a value, or was given one. */
    chip(address: number, name: string, value: number | string): void {
      const values = chips.get(address) ?? new Map<string, string>();
      chips.set(address, values);
      values.set(name, typeof value === 'string' ? value : String(Number(value.toPrecision(4))));
      soon();
    },
    output(pin: string, mode: string, value: number): void {
      modes.set(pin, mode);
      values.set(pin, outputValue(mode, value));
      tell();
    },
    /** A pin was taken or given back. */
    claimed(pin: string): void {
      modes.delete(pin);
      soon();
    },
    world(now: WorldState): void {
      world = now;
      tell();
    },
    connected(now: boolean): void {
      connected = now;
      if (!now) {
        values.clear();
        chips.clear();
      }
      tell();
    },
    close(): void {
      timer?.cancel();
      listeners.clear();
    },
  };
}

/** An output as it was asked for: a brightness of 0 to 1, or the angle that Johnny-Five makes a pulse of (600–2,400 µs). */
function outputValue(mode: string, value: number): number {
  if (mode === 'pwm') return Math.round((value / 255) * 100) / 100;
  if (mode === 'servo' && value >= 600) return Math.round((value - 600) / 10);
  return value;
}
