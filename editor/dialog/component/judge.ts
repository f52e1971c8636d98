import type { BoardAbilities } from '../../../runtime/messages/index.ts';
import { type ComponentRow, type ComponentSettings, hex, isLike } from './table.ts';

/** What only some firmware can do, in words. */
const NEEDS: Readonly<Record<string, string>> = {
  ...{ i2c: 'the I2C bus', onewire: '1-Wire', serial: 'a serial port of its own' },
  ...{ stepper: 'stepper motors', ping: 'pulse timing', tone: 'tones' },
};

/** What a virtual board has on its pins. */
export const wiredTo = (board?: BoardAbilities) => [...(board?.inputs ?? []), ...(board?.outputs ?? [])];

/**
 * A board after the next deploy: wired as its settings say, with the pins and the firmware of the one that runs, unless that is
 * of another kind.
 */
export function asItWillBe(planned?: BoardAbilities, running?: BoardAbilities): BoardAbilities | undefined {
  if (!planned || !running) return planned ?? running;
  if (planned.hardware !== running.hardware) return planned;
  const { chips, inputs, outputs } = planned;
  return { ...running, ...(chips && { chips }), ...(inputs && { inputs }), ...(outputs && { outputs }) };
}

/** What is wrong with a component on this board, in words; none: nothing. */
export function problems(
  row: ComponentRow,
  { kind, pins, address, options }: ComponentSettings,
  board?: BoardAbilities,
): string[] {
  const found: string[] = [];
  const lacking = (row.needs ?? []).find((need) => board?.connected && !board.features.includes(need));
  if (lacking) {
    found.push(
      `This board’s firmware (${board?.firmware || 'unknown'}) cannot do ${NEEDS[lacking] ?? lacking}. ${row.note ?? ''}`,
    );
  }
  row.pins.forEach(({ label, use, optional }, index) => {
    const pin = pins[index] ?? '';
    if (pin === '') return optional ? undefined : found.push(`Choose a pin for "${label}".`);
    if (pins.indexOf(pin) !== index) return found.push(`Two wires are on ${pin}: give each a pin of its own.`);
    const there = board?.connected ? board.pins.find(({ name }) => name === pin) : undefined;
    if (board?.connected && !there) return found.push(`This board has no pin ${pin}.`);
    if (there && !there.uses.includes(use)) return found.push(`Pin ${pin} cannot do this (${use}).`);
    return undefined;
  });
  for (const option of row.options ?? []) {
    if (option.kind !== 'number') continue;
    const value = options[option.key] ?? option.standard;
    if (typeof value === 'number' && value >= option.min && value <= option.max) continue;
    found.push(`${option.label}: from ${option.min} to ${option.max} ${option.unit}`.trim());
  }
  const wired = (board?.inputs ?? []).filter((input) => input.kind === kind);
  if (wired.length > 0 && !wired.some(({ pin }) => pins.includes(pin))) {
    found.push(`On this virtual board it is on ${wired.map(({ pin }) => pin).join(' and ')}.`);
  }
  const at = address || row.addresses?.[0];
  if (row.chip && board?.chips && !board.chips.some((chip) => isLike(row, chip.chip) && chip.address === at)) {
    const there = board.chips.map((chip) => `${chip.chip.toUpperCase()} at ${hex(chip.address)}`).join(', ');
    found.push(`Nothing like it is at ${hex(at ?? 0)} on this virtual board: its scene has ${there || 'no chips'}.`);
  }
  return found;
}

/** The settings of a kind that was just chosen, with what the board has of it: a chip of its scene, pins that are free. */
export function fitted(kind: string, row: ComponentRow, board?: BoardAbilities): ComponentSettings {
  const chip = board?.chips?.find((each) => isLike(row, each.chip) && row.addresses?.includes(each.address));
  const wired = wiredTo(board)
    .filter((each) => each.kind === kind)
    .map(({ pin }) => pin);
  const taken = new Set<string>();
  const free = (use: string, standard: string): string => {
    const able = (board?.connected ? board.pins : []).filter(
      ({ name, uses }) => uses.includes(use) && !taken.has(name),
    );
    const usual = able.find(({ name, holders }) => name === standard && holders.length === 0);
    return (usual ?? able.find(({ holders }) => holders.length === 0))?.name ?? standard;
  };
  const pins = row.pins.map(({ use, standard, optional }, index) => {
    const pin = optional ? '' : (wired[index] ?? free(use, standard));
    taken.add(pin);
    return pin;
  });
  return { kind, pins, address: chip && chip.address !== row.addresses?.[0] ? chip.address : 0, options: {} };
}
