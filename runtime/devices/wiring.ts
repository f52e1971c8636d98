import type { BoardAbilities } from '../messages/index.ts';
import { drivenAs } from './catalogue/actuators/chips.ts';
import { boardSettings, type BoardSettings, hasWorld } from './settings.ts';
import { describeScene } from './world/schema.ts';

/** What is wired to a virtual board, as the dialogs ask for it. */
type Wiring = Pick<BoardAbilities, 'chips' | 'inputs' | 'outputs'>;

/** What a board with these settings is wired to, as far as that is known: nobody knows it of hardware. */
export function worldWiring(settings: Pick<BoardSettings, 'kind' | 'scene' | 'signals'>): Wiring {
  if (!hasWorld(settings.kind)) return {};
  const { chips, inputs, outputs } = describeScene(settings);
  return {
    chips: chips.map(({ chip, address }) => ({ chip: drivenAs(chip), address })),
    inputs: inputs.map(({ pin, kind, what }) => ({ pin, kind, what })),
    outputs: outputs.map(({ pin, kind, what }) => ({ pin, kind, what })),
  };
}

const planned = boardSettings.pick({ kind: true, scene: true, signals: true });

/**
 * What is known of a board before it runs: what it is and what it is wired to.
 *
 * @param node its config node as the editor holds it; nothing in it: the built-in board
 * @returns `undefined` where that depends on what only the gateway knows, such as `${SCENE}`
 *
 * @example
 * plannedBoard({ kind: 'virtual', scene: 'wrist' })?.inputs?.map(({ pin }) => pin); // ['A0', 'A1', 'A2', 'D2']
 *
 * @example
 * plannedBoard({ scene: '${SCENE}' }); // undefined
 */
export function plannedBoard(node: Readonly<Record<string, unknown>>): BoardAbilities | undefined {
  const { success, data } = planned.safeParse(node);
  if (!success) return undefined;
  return { connected: false, hardware: data.kind, firmware: '', pins: [], features: [], ...worldWiring(data) };
}
