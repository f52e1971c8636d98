import type { BoardSettings } from '../../../runtime/devices/index.ts';
import { deedOf } from '../../../runtime/devices/session/deeds.ts';
import { pinName, UNO } from '../../../runtime/devices/virtual/uno.ts';
import type { World } from '../../../runtime/devices/world/types.ts';
import type { VirtualPortOptions } from '../../../scripts/virtual-port.ts';
import type { Harness } from './harness.ts';

interface Far {
  readonly settings: Partial<BoardSettings>;
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  close(): Promise<void>;
}

/** Boards at the other end of a wire: what their pins do is measured there. */
export function wired(
  kind: string,
  open: (options: VirtualPortOptions) => Promise<Far>,
  options: Pick<Harness, 'missing'> & Pick<VirtualPortOptions, 'emulated'> = {},
): Harness {
  return {
    kind,
    stamps: 'arrival',
    missing: options.missing ?? false,
    async start({ scene, seed }) {
      const pins = new Map<string, number>();
      let world: World | undefined;
      const far = await open({
        scene: scene === 'room' ? 'room' : 'pump',
        seed,
        emulated: options.emulated ?? false,
        onWorld(now) {
          world = now;
          pins.clear();
        },
        onPin(pin, state) {
          const { output, value } = deedOf(pinName(pin, UNO[pin]?.analog), state);
          pins.set(output, value);
        },
      });
      return {
        settings: far.settings,
        pin: (_board, name) => pins.get(name),
        setWorld(_board, change) {
          world?.set(change);
          return Promise.resolve();
        },
        unplug: () => far.unplug(),
        replug: () => far.plugIn(),
        stop: () => far.close(),
      };
    },
  };
}
